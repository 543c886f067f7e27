/* producers-consumers: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Three consumers wait, and the first two items come. Who gets "
                       "them?",
                .options =
                        {
                                {.text = "consumer 1 takes both",
                                 .belief = SCN_NEWCOMER,
                                 .because = "It is out of the line with the first one; the second "
                                            "goes to the next in line."},
                                {.text = "consumers 1 and 2"},
                                {.text = "whoever the loop picks",
                                 .belief = SCN_CHANCE,
                                 .because = "The loop picks nobody: the line of those who wait "
                                            "has an order."},
                        },
                .right = 1,
                .because = "Who waits for an item stands in line. Each put wakes the first "
                           "in line, once.",
                .t_ns = GT_MS(100),
                .moment = "made 1.1",
        },
        {
                .kind = SCN_ORDER,
                .ask = "Consumer 3 waits, and two items come. Put the lines into "
                       "their order.",
                .options =
                        {
                                {.text = "takes 1.2"},
                                {.text = "made 2.2"},
                                {.text = "takes 2.2"},
                                {.text = "made 1.2"},
                        },
                .order = {3, 1, 0, 2},
                .because = "Both producers have their step before the woken consumer "
                           "has his. The second item waits in the queue until a "
                           "consumer is free, at 250.",
                .t_ns = GT_MS(200),
                .truth = SCN_TRUTH_ORDER_LOG,
        },
};

const struct scn_teaching scn_producers_consumers_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Ask who gets which item, and who decides it. Nobody does; the line of those\n"
                 "who wait has an order. Step through one put to see the first in line wake.\n"
                 "If the class asks for fairness, run it with one consumer and then with ten.\n",
};
