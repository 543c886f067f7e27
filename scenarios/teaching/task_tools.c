/* task-tools: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "main has called cancel() on B. What does B.cancelled() say right "
                       "after?",
                .options =
                        {
                                {.text = "True",
                                 .belief = SCN_CANCEL_IS_NOW,
                                 .because = "cancel() leaves a note for B. B has had no turn to "
                                            "read it."},
                                {.text = "False"},
                        },
                .right = 1,
                .because = "B has been asked, and has had no turn since. It is cancelled "
                           "when the CancelledError has gone all the way through it.",
                .t_ns = GT_MS(150),
                .moment = "has asked B to end",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of B from 150 ms, 25 ms a "
                       "cell?",
                .because = "Asking is not ending: the cancellation comes in B's next "
                           "step, and that is its last one.",
                .t_ns = GT_MS(150),
                .truth = SCN_TRUTH_CELLS,
                .of = "B",
                .cells = "#x",
                .cell_ns = GT_MS(25),
        },
};

const struct scn_teaching scn_task_tools_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A tour, not a riddle: names, all_tasks, current_task, done, cancelled. Let\n"
                 "the class predict only one line, the one after cancel().\n"
                 "Students who debug by print will want all_tasks and names; give every task a\n"
                 "name from now on. An unnamed `Task-17` in a picture says nothing.\n",
};
