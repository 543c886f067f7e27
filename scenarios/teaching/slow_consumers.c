/* slow-consumers: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "An item every 1000 ms, and each consumer needs 2000. Does the "
                       "queue grow?",
                .options =
                        {
                                {.text = "yes, by one every 2000 ms",
                                 .belief = SCN_ADDS_UP,
                                 .because = "One consumer alone would fall behind so. There are "
                                            "three."},
                                {.text = "yes, but slowly",
                                 .belief = SCN_MISCOUNT,
                                 .because = "Three take an item every 667 ms between them, and "
                                            "one comes every 1000."},
                                {.text = "no"},
                        },
                .right = 2,
                .because = "One consumer alone would fall behind. Two together finish an "
                           "item every 1000 ms, and the third is a reserve.",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of consumer 2, 500 ms a "
                       "cell?",
                .because = "It waits until item 1 comes at 1000, works for 2000, and "
                           "then waits for another 1000 until it is its turn again: "
                           "three of them are enough.",
                .truth = SCN_TRUTH_CELLS,
                .of = "consumer 2",
                .cells = "#.#...#.#...",
                .cell_ns = GT_MS(500),
        },
        {
                .ask = "The last item was made at 9000 ms. When is everything done?",
                .options =
                        {
                                {.text = "at 10000 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "A consumer needs 2000 for it, whoever it is."},
                                {.text = "at 11000 ms"},
                                {.text = "at 20000 ms",
                                 .belief = SCN_ADDS_UP,
                                 .because = "Ten items of 2000 in a row. Three consumers overlap."},
                        },
                .right = 1,
                .because = "A consumer is free when the last item comes and takes it at "
                           "once; it needs 2000 for it.",
                .t_ns = GT_MS(9000),
                .moment = "item 9",
                .truth = SCN_TRUTH_MAKESPAN,
        },
};

const struct scn_teaching scn_slow_consumers_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A question of arithmetic, and a good one: each consumer is slower than the\n"
                 "producer, and still the backlog does not grow. Let pairs work it out on\n"
                 "paper.\n"
                 "Then take consumers away until it does grow. Two are just enough, one is\n"
                 "not.\n",
};
