/* context-manager: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The use of the second connection has failed, at 200 ms. What "
                       "now?",
                .options =
                        {
                                {.text = "the error goes up at once, the connection stays open",
                                 .belief = SCN_ERROR_ESCAPES,
                                 .because = "Leaving the block runs its exit, also on the way of "
                                            "an error."},
                                {.text = "the connection is closed first, then the error goes up"},
                                {.text = "closing is tried by the one who catches the error",
                                 .belief = SCN_ERROR_ESCAPES,
                                 .because = "Who catches it does not even know of the connection."},
                        },
                .right = 1,
                .because = "Leaving an `async with`, on whatever way, runs its exit, and the "
                           "exit may wait. The error is kept meanwhile, and goes on "
                           "afterwards.",
                .t_ns = GT_MS(200),
                .moment = "fails",
        },
        {
                .kind = SCN_ORDER,
                .ask = "The use fails at 200 ms. Put what happens next into its "
                       "order.",
                .options =
                        {
                                {.text = "behind it: no such table"},
                                {.text = "closed"},
                                {.text = "fails"},
                                {.text = "closing"},
                        },
                .order = {2, 3, 1, 0},
                .because = "The error waits at the door: closing begins, takes its 100 "
                           "ms, is over, and only then does the error reach the code "
                           "behind it.",
                .t_ns = GT_MS(200),
                .truth = SCN_TRUTH_ORDER_LOG,
        },
};

const struct scn_teaching scn_context_manager_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Release always. The question is about the error: does closing come first?\n"
                 "Yes, and it may even wait, while the error waits too.\n"
                 "Try cancel=150: the cancellation takes the same way out.\n",
};
