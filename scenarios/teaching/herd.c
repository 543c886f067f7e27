/* herd: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The event wakes all five, and each computes for 20 ms. When is "
                       "Task 4 done?",
                .options =
                        {
                                {.text = "20 ms after the event, as all of them",
                                 .belief = SCN_PARALLEL,
                                 .because = "They would have to compute at the same time, on one "
                                            "thread.",
                                 .is = "120 ms"},
                                {.text = "100 ms after the event", .is = "200 ms"},
                                {.text = "that depends on who is quicker",
                                 .belief = SCN_CHANCE,
                                 .because = "They take their turns in the order in which they "
                                            "waited."},
                        },
                .right = 1,
                .because = "Being woken together is not running together: five times 20 ms "
                           "on one thread, in the order in which they waited.",
                .t_ns = GT_MS(100),
                .truth = SCN_TRUTH_END,
                .of = "Task 4",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of Task 4 from 100 ms, 20 ms a "
                       "cell?",
                .because = "It is ready with the others at 100, and four of them go first.",
                .t_ns = GT_MS(100),
                .truth = SCN_TRUTH_CELLS,
                .of = "Task 4",
                .cells = "rrrr#|",
                .cell_ns = GT_MS(20),
        },
};

const struct scn_teaching scn_herd_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "One event, five woken, one thread. Ask when the last one is done, and point\n"
                 "at the yellow: all five are ready at the same instant, and they run in a\n"
                 "row.\n"
                 "It is why waking everybody is not free, and it prepares `sleep-is-a-lower-\n"
                 "bound`.\n",
};
