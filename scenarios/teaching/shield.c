/* shield: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The waiter behind the shield is cancelled now. Who is protected?",
                .options =
                        {
                                {.text = "the caller, who waits",
                                 .belief = SCN_SHIELD_CALLER,
                                 .because = "The waiter was asked to end, and ends. Nothing "
                                            "stands between main and it."},
                                {.text = "the work"},
                                {.text = "both of them",
                                 .belief = SCN_SHIELD_ALL,
                                 .because = "There is one shield, and it stands between the "
                                            "waiter and the work."},
                                {.text = "neither",
                                 .belief = SCN_CANCEL_SPREADS,
                                 .because = "Without the shield. An await would have handed the "
                                            "cancellation on."},
                        },
                .right = 1,
                .because = "The shield stands between the waiter and the work: the waiter's "
                           "cancellation does not reach the work. The waiter itself ends.",
                .t_ns = GT_MS(100),
        },
        {
                .kind = SCN_ORDER,
                .ask = "And in which order do the three tasks end?",
                .options =
                        {
                                {.text = "work"},
                                {.text = "waiter"},
                                {.text = "main"},
                        },
                .order = {1, 0, 2},
                .because = "The cancellation ends the waiter at 100. The work is "
                           "shielded and takes its 500 ms; main waits for that.",
                .t_ns = GT_MS(100),
                .truth = SCN_TRUTH_ORDER_END,
        },
};

const struct scn_teaching scn_shield_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The hard word of the chapter. Draw three boxes on the board: main, waiter,\n"
                 "work. The cancellation arrives at the waiter. Which arrow does the shield\n"
                 "cut? The one from the waiter to the work.\n"
                 "The vote: the caller is what most believe to be protected. It is the one\n"
                 "that ends.\n",
};
