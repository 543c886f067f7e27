/* cancel-before-start: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The worker is created, and cancelled at once. Does its `finally` "
                       "run?",
                .options =
                        {
                                {.text = "yes, finally always runs",
                                 .belief = SCN_FINALLY_ALWAYS,
                                 .because = "If its `try` has been entered. No line of the body "
                                            "ran."},
                                {.text = "no"},
                        },
                .right = 1,
                .because = "A `finally` belongs to a `try` that has been entered. The "
                           "cancellation arrives before the first line of the body, so there "
                           "is none.",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of worker, 10 ms a cell?",
                .because = "It is ready, and cancelled before it has had a step. A "
                           "lane without running.",
                .truth = SCN_TRUTH_CELLS,
                .of = "worker",
                .cells = "rx",
                .cell_ns = GT_MS(10),
        },
};

const struct scn_teaching scn_cancel_before_start_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A trap for experts. Most are sure that finally runs. There is no running\n"
                 "cell in the lane: the body was never entered, so there is nothing to finish.\n"
                 "In practice: what is acquired before the task is created is not released by\n"
                 "the task.\n",
};
