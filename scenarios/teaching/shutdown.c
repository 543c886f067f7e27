/* shutdown: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "stop() cancels the two tasks now. What must it do before it "
                       "returns?",
                .options =
                        {
                                {.text = "nothing: cancelled is cancelled",
                                 .belief = SCN_CANCEL_IS_NOW,
                                 .because = "cancel() asks. Nobody has heard of it yet."},
                                {.text = "await both of them"},
                                {.text = "sleep for a moment, to be safe",
                                 .belief = SCN_CANCEL_IS_NOW,
                                 .because = "How long? Only an await knows when they have ended."},
                        },
                .right = 1,
                .because = "cancel() only asks. To know that both have ended, and not to "
                           "lose an error of theirs, they have to be awaited.",
                .t_ns = GT_MS(500),
                .moment = "stop",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .kind = SCN_ORDER,
                .ask = "And in which order do the three tasks end?",
                .options =
                        {
                                {.text = "main"},
                                {.text = "collector"},
                                {.text = "heartbeat"},
                        },
                .order = {2, 1, 0},
                .because = "Both are cancelled, in the order in which they are asked "
                           "to stop, and have a step each to tidy up. main waits for "
                           "both, and is last.",
                .t_ns = GT_MS(500),
                .truth = SCN_TRUTH_ORDER_END,
        },
};

const struct scn_teaching scn_shutdown_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The positive example: how a service ends. Cancel all, then await all, and\n"
                 "only then say that it is down. Ask why the second half is needed.\n"
                 "It makes a good exercise: let the class add a third task that takes 200 to\n"
                 "clean up, and predict when the service is down.\n",
};
