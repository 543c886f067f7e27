/* cancel: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Cancelled at 500, a cleanup of 100: when does the worker end?",
                .options =
                        {
                                {.text = "at 500 ms",
                                 .belief = SCN_CANCEL_IS_NOW,
                                 .because = "It is asked then. It closes what it has open first."},
                                {.text = "at 600 ms"},
                                {.text = "at 5000 ms",
                                 .belief = SCN_LIMIT_ABANDONS,
                                 .because = "It has stopped waiting for its work."},
                        },
                .right = 1,
                .because = "Requested, delivered, done are three moments. Between delivered "
                           "and done the worker may still wait for its cleanup.",
                .truth = SCN_TRUTH_END,
                .of = "worker",
        },
        {
                .kind = SCN_ORDER,
                .ask = "Put the four moments into their order.",
                .options =
                        {
                                {.text = "is clean, raises it again"},
                                {.text = "cancelled, cleans up"},
                                {.text = "cancel: requested"},
                                {.text = "the worker was cancelled"},
                        },
                .order = {2, 1, 0, 3},
                .because = "Requested, delivered, cleaned up, and then main has it. Between "
                           "the first and the second main still runs.",
                .truth = SCN_TRUTH_ORDER_LOG,
        },
        {
                .ask = "main has called cancel() on the worker. Is the worker done when "
                       "it returns?",
                .options =
                        {
                                {.text = "yes, cancelled",
                                 .belief = SCN_CANCEL_IS_NOW,
                                 .because = "The worker has not run since. It hears of it in its "
                                            "next turn."},
                                {.text = "no"},
                        },
                .right = 1,
                .because = "cancel() asks. The worker hears of it when it next runs, and "
                           "main is still running; and then it may clean up first.",
                .t_ns = GT_MS(500),
                .moment = "cancel: requested",
                .truth = SCN_TRUTH_ALWAYS,
        },
};

const struct scn_teaching scn_cancel_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Three moments: requested, delivered, done. Let the class name them while you\n"
                 "step. Ask what the worker may do between the last two: clean up, and even\n"
                 "wait for that.\n"
                 "Then ask what happens if it never ends its cleaning. That is `slow-cleanup`.\n",
};
