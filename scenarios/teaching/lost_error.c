/* lost-error: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The task has failed. When does main hear of it?",
                .options =
                        {
                                {.text = "now: the error stops main",
                                 .belief = SCN_ERRORS_ARE_LOUD,
                                 .because = "The error ends the task, and stays with it."},
                                {.text = "at its next await",
                                 .belief = SCN_ERRORS_ARE_LOUD,
                                 .because = "If it awaits that task. It awaits something else."},
                                {.text = "never"},
                        },
                .right = 2,
                .because = "An error waits in its task until somebody awaits it. Nobody "
                           "does, and main ends as if all were well.",
                .t_ns = GT_MS(100),
                .moment = "fails",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main from 100 ms, 50 ms "
                       "a cell?",
                .because = "Nobody wakes it: it sleeps until 300, as it would have "
                           "done without an error, and ends.",
                .t_ns = GT_MS(100),
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "....#|",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_lost_error_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Show it without a question first, and ask what went wrong: most do not see\n"
                 "the small E. That is the point.\n"
                 "In Python a line appears when the task is collected: \"exception was never\n"
                 "retrieved\". It comes late, and in tests it comes in somebody else's test.\n",
};
