/* benchmark: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Fifty requests of 20 ms on four threads. How long do they take?",
                .options =
                        {
                                {.text = "20 ms: threads run at the same time",
                                 .belief = SCN_PARALLEL,
                                 .because = "Four of them do. The others are in line for a "
                                            "thread."},
                                {.text = "250 ms",
                                 .belief = SCN_DIVIDES,
                                 .because = "Fifty by four is twelve and a half, and half a "
                                            "request cannot be made."},
                                {.text = "260 ms"},
                                {.text = "1000 ms",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "That is one after the other."},
                        },
                .right = 2,
                .because = "Four at a time: thirteen rounds of 20. A loop waits for all "
                           "fifty at once, because a waiting task needs no thread.",
        },
};

const struct scn_teaching scn_benchmark_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A summary of the course on one screen: in a row, together, on threads. Let\n"
                 "the class predict all three numbers on paper before it runs; by now most get\n"
                 "the first two.\n"
                 "The third is the interesting one: thirteen rounds. Then ask for pool=50, and\n"
                 "for ten thousand requests.\n",
};
