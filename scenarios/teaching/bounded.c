/* bounded: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of the producer from 0 ms, 20 ms "
                       "a cell?",
                .because = "A put every 20 ms while there is room. Then it waits for the "
                           "consumer, who takes one every 100 ms: that is backpressure.",
                .truth = SCN_TRUTH_CELLS,
                .of = "producer",
                .cells = "########...##...##",
                .cell_ns = GT_MS(20),
        },
        {
                .ask = "Without the limit, when would the last item be used?",
                .options =
                        {
                                {.text = "earlier: the producer could go on",
                                 .belief = SCN_BUFFER_SPEEDS,
                                 .because = "The producer is not what all wait for. The consumer "
                                            "has never been without an item."},
                                {.text = "at the same time"},
                                {.text = "later",
                                 .belief = SCN_BUFFER_SPEEDS,
                                 .because = "What waits in a queue slows nobody down."},
                        },
                .right = 1,
                .because = "The consumer has never been without an item. It sets the pace, "
                           "and how many items wait in front of it changes nothing.",
                .t_ns = GT_MS(80),
                .moment = "put 4",
                .truth = SCN_TRUTH_DEFAULTS,
        },
};

const struct scn_teaching scn_bounded_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "With `unbounded`, on one axis. Both end at the same moment, and that is the\n"
                 "surprise. Ask what the limit costs: nothing. Ask what it saves: memory, and\n"
                 "work that is old when its turn comes.\n"
                 "The word is backpressure. Show it: the producer waits.\n",
};
