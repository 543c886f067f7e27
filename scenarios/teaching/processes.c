/* processes: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "{tasks} computations of {work} ms on {pool} cores. When is the "
                       "last one done?",
                .options =
                        {
                                {.text = "at 250 ms"},
                                {.text = "at {tasks*work} ms",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "On one core. Each process has a core of its own, and "
                                            "the loop only waits."},
                        },
                .right = 0,
                .because = "{pool} processes compute at the same time, each on a core of its "
                           "own. The tasks only wait, and waits overlap.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of Task 3, 50 ms a cell?",
                .because = "For the loop it waits, like the others. Four cores compute "
                           "at the same time, in lanes of their own.",
                .truth = SCN_TRUTH_CELLS,
                .of = "Task 3",
                .cells = "#....#|",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_processes_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Beside `cpu-bound`: 250 against 1000. The tasks wait; others compute. Say\n"
                 "what it costs, which the picture does not show: each process must be\n"
                 "started, and what goes in and out has to be copied.\n",
};
