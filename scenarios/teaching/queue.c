/* queue: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The producer starts. What are the first four lines of the log?",
                .options =
                        {
                                {.text = "put 0, got 0, put 1, got 1: alternating",
                                 .belief = SCN_ALTERNATES,
                                 .because = "A put does not wait while there is room, so nobody "
                                            "else has a turn."},
                                {.text = "put 0, put 1, put 2, got 0"},
                                {.text = "put 0, put 1, put 2, put 3",
                                 .belief = SCN_MISCOUNT,
                                 .because = "The fourth has no room: the producer waits, and the "
                                            "consumer has its turn."},
                        },
                .right = 1,
                .because = "A put that finds room does not suspend. The producer goes on "
                           "until the queue is full, and only then the consumer has its "
                           "turn.",
        },
        {
                .kind = SCN_ORDER,
                .ask = "Put the first five lines of the log into their order.",
                .options =
                        {
                                {.text = "got 0"},
                                {.text = "put 0"},
                                {.text = "put 1"},
                                {.text = "put 2"},
                                {.text = "put 3"},
                        },
                .order = {1, 2, 3, 0, 4},
                .because = "Three puts find room. The fourth waits; the consumer takes one, "
                           "and there is room for the fourth.",
                .truth = SCN_TRUTH_ORDER_LOG,
        },
};

const struct scn_teaching scn_queue_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Let the class write down the first five lines before it runs. Most let put\n"
                 "and got take turns.\n"
                 "The rule: a put that finds room does not suspend. So the producer runs until\n"
                 "it is full. Then change the capacity to 1, and the alternation appears: it\n"
                 "was never the queue, it was the room.\n",
};
