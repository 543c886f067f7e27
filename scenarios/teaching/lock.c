/* lock: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "{tasks} tasks add {times} times, {gap} ms each, in a lock. When "
                       "is it over?",
                .options =
                        {
                                {.text = "at {times*gap} ms, as without it",
                                 .belief = SCN_LOCK_IS_FREE,
                                 .because = "Then two tasks would be inside at the same time. The "
                                            "lock is there to prevent that."},
                                {.text = "at 600 ms"},
                        },
                .right = 1,
                .because = "One addition at a time, so they add up. The right result costs "
                           "the overlap.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of Task 1, 50 ms a cell?",
                .because = "Until 100 it waits for the lock, from 100 to 200 it holds "
                           "it and waits for its gap, then it stands in line again.",
                .truth = SCN_TRUTH_CELLS,
                .of = "Task 1",
                .cells = "#.#.#.#.",
                .cell_ns = GT_MS(50),
        },
        {
                .ask = "Task 0 releases the lock and wants it again at once. Who gets "
                       "it?",
                .options =
                        {
                                {.text = "Task 0: it is running, the other must wake first",
                                 .belief = SCN_NEWCOMER,
                                 .because = "The lock looks at its line of waiters, not at who is "
                                            "running."},
                                {.text = "Task 1"},
                        },
                .right = 1,
                .because = "Who waits goes first: the lock is promised to Task 1, and Task 0 "
                           "stands in line behind it.",
                .t_ns = GT_MS(100),
                .moment = "writes 1",
        },
};

const struct scn_teaching scn_lock_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Beside `race`: the counter is right, and it takes twice as long. Ask what\n"
                 "was paid for.\n"
                 "The second question is about barging: the one who releases asks again at\n"
                 "once, and does not get it. It stands behind who waits.\n",
};
