/* gil: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "{tasks} threads compute {work} ms each, under one lock. When is "
                       "all done?",
                .options =
                        {
                                {.text = "at {work} ms: there are {pool} threads",
                                 .belief = SCN_PARALLEL,
                                 .because = "Three of them stand in line for the lock at any "
                                            "moment."},
                                {.text = "at {tasks*work/2} ms",
                                 .belief = SCN_DIVIDES,
                                 .because = "One lock, one thread that computes."},
                                {.text = "at 1000 ms"},
                        },
                .right = 2,
                .because = "The lock lets one thread compute at a time, so the computations "
                           "add up. Changing hands every {slice} ms only makes it fair.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .ask = "And the first one?",
                .options =
                        {
                                {.text = "at 250 ms",
                                 .belief = SCN_TEXT_ORDER,
                                 .because = "If it could keep the lock. It gives it up every 5 "
                                            "ms, and stands in line."},
                                {.text = "near 1000 ms"},
                        },
                .right = 1,
                .because = "They take turns of 5 ms, so all of them come to their end "
                           "together, in the last 20 ms.",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of Task 0, 100 ms a cell?",
                .because = "For the loop it waits. Its thread has the lock a quarter "
                           "of the time, so 250 ms of computing take nearly 1000.",
                .truth = SCN_TRUTH_CELLS,
                .of = "Task 0",
                .cells = "#........#|",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_gil_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Four threads, and the time of one. Look at the lock's line: three stand in\n"
                 "it at any moment. Ask what the lock costs if the threads only wait for the\n"
                 "network: nothing, they give it back.\n"
                 "It is a simulation with a simple lock that is handed over in order. The real\n"
                 "one is asked for after 5 ms and belongs to the loop's thread as well, which\n"
                 "this picture leaves out. Builds of Python without that lock exist since\n"
                 "3.13; say so, because somebody will.\n",
};
