/* shield-shutdown: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "main ends, and the shielded work needs 300 ms more. What becomes "
                       "of it?",
                .options =
                        {
                                {.text = "it ends at 500 ms: it is shielded",
                                 .belief = SCN_SHIELD_ALL,
                                 .because = "The shield keeps the waiter's cancellation away. "
                                            "This one is the work's own.",
                                 .is = "result"},
                                {.text = "it is cancelled now", .is = "cancelled"},
                        },
                .right = 1,
                .because = "When main ends the loop cancels every task that is left, each by "
                           "itself. A shield does not stand in between.",
                .t_ns = GT_MS(200),
                .moment = "is done, and ends",
                .truth = SCN_TRUTH_OUTCOME,
                .of = "save",
        },
        {
                .kind = SCN_ORDER,
                .ask = "And in which order do the three tasks end?",
                .options =
                        {
                                {.text = "save"},
                                {.text = "waiter"},
                                {.text = "main"},
                        },
                .order = {2, 1, 0},
                .because = "main returns first. Then the loop cancels everything that "
                           "is left: the waiter, and the work too, shielded or not.",
                .t_ns = GT_MS(200),
                .truth = SCN_TRUTH_ORDER_END,
        },
};

const struct scn_teaching scn_shield_shutdown_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Directly after `shield`. The shield is not a promise that the work ends; it\n"
                 "keeps one cancellation away. asyncio.run cancels everybody at the end, each\n"
                 "by itself.\n"
                 "Who needs the work done has to wait for it, with a limit if need be.\n",
};
