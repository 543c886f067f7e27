/* semaphore: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Two permits are taken. Which tasks run between 0 and 300 ms?",
                .options =
                        {
                                {.text = "Task 0 and Task 1",
                                 .belief = SCN_WAITING_WORKS,
                                 .because = "They hold a permit and sleep. Holding is not "
                                            "running."},
                                {.text = "all five",
                                 .belief = SCN_PARALLEL,
                                 .because = "On one thread at most one runs, and here not even "
                                            "that one."},
                                {.text = "none of them"},
                        },
                .right = 2,
                .because = "Holding a permit is not running: Task 0 and Task 1 sleep, and "
                           "the other three wait for a permit.",
        },
        {
                .ask = "{tasks} turns of {hold} ms, {permits} at a time. When is the "
                       "last one over?",
                .options =
                        {
                                {.text = "at {tasks*hold/permits} ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "That is the work by the permits, as if half a turn "
                                            "could be taken."},
                                {.text = "at 900 ms"},
                                {.text = "at {tasks*hold} ms",
                                 .belief = SCN_ADDS_UP,
                                 .because = "That would be one at a time."},
                        },
                .right = 1,
                .because = "{permits} at a time: round after round of {hold} ms. The last "
                           "round takes as long as the others, full or not.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of Task 4 from 0 ms, 100 ms a "
                       "cell?",
                .because = "A sliver at 0, up to its acquire; then it stands in line for 600 "
                           "ms. A sliver when it gets its permit, 300 of holding it, and the "
                           "end.",
                .truth = SCN_TRUTH_CELLS,
                .of = "Task 4",
                .cells = "#.....#..#",
                .cell_ns = GT_MS(100),
        },
        {
                .ask = "Task 0 gives its permit back now. Who gets it?",
                .options =
                        {
                                {.text = "Task 2"},
                                {.text = "Task 4",
                                 .belief = SCN_CHANCE,
                                 .because = "Task 2 and Task 3 have been in line before it."},
                                {.text = "whoever asks next",
                                 .belief = SCN_NEWCOMER,
                                 .because = "A permit that comes back belongs to the first in "
                                            "line, not to who comes by."},
                                {.text = "Task 0 again",
                                 .belief = SCN_NEWCOMER,
                                 .because = "It would have to stand in line behind the three "
                                            "others."},
                        },
                .right = 0,
                .because = "The waiters stand in line; a permit that comes back goes to the "
                           "first of them, never to a newcomer.",
                .t_ns = GT_MS(300),
                .moment = "Releasing semaphore",
        },
};

const struct scn_teaching scn_semaphore_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The central lesson of the chapter; give it ten minutes. Draw the line of\n"
                 "waiters on the board beside the number of permits: a semaphore is both, and\n"
                 "students who only see a number skip what happens.\n"
                 "Ask the first question slowly: which tasks run? Holding a permit and running\n"
                 "get mixed up. Then let the class paint the lane of Task 4, and discuss the\n"
                 "first sliver: it did run, up to its acquire.\n"
                 "Variations that are worth it: 9 tasks with 3 permits of 500, 10 with 3 of\n"
                 "1000. Let them predict the end before each.\n",
};
