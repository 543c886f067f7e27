/* starts-late: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The tasks are created at 0. When does the first of them start?",
                .options =
                        {
                                {.text = "at once, when it is created",
                                 .belief = SCN_STARTS_AT_ONCE,
                                 .because = "create_task puts the task into the ready queue and "
                                            "returns. main still has the thread.",
                                 .is = "0 ms"},
                                {.text = "when main first waits, at 100 ms"},
                                {.text = "when main has ended",
                                 .belief = SCN_STARTS_WHEN_AWAITED,
                                 .because = "main need not end: its first await lets the others "
                                            "run.",
                                 .is = "150 ms"},
                        },
                .right = 1,
                .because = "create_task only puts the task into the ready queue. There is "
                           "one thread, and main keeps it until main waits.",
                .truth = SCN_TRUTH_START,
                .any = true,
                .of = "Task 0",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of Task 0 from 0 to 120 ms, 10 ms "
                       "a cell?",
                .because = "It is ready from its creation on, and being ready is not "
                           "running: the yellow ends when main waits. Then a sliver of "
                           "running, and a wait of its own.",
                .truth = SCN_TRUTH_CELLS,
                .of = "Task 0",
                .cells = "rrrrrrrrrr#.",
                .cell_ns = GT_MS(10),
        },
};

const struct scn_teaching scn_starts_late_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The belief that a task starts when it is created is the most common one of\n"
                 "all, and many texts print it. Let the class vote, then run it with the work\n"
                 "of main visible: 100 ms of blue, and three yellow lanes beside it.\n"
                 "The follow-up that makes it stick: `--set work=0`. The gap is gone and the\n"
                 "order is the same. The tasks never started at once; one just could not see\n"
                 "it.\n",
};
