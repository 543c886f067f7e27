/* pool-full: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "{jobs} calls of {block} ms, {pool} threads. When is the last one "
                       "done?",
                .options =
                        {
                                {.text = "at {block} ms: threads run at the same time",
                                 .belief = SCN_ENDLESS_POOL,
                                 .because = "As many as there are. The other calls are in line "
                                            "for one."},
                                {.text = "at {jobs*block/pool} ms",
                                 .belief = SCN_DIVIDES,
                                 .because = "The calls by the threads, as if a call could be "
                                            "shared out."},
                                {.text = "at 300 ms"},
                                {.text = "at {jobs*block} ms",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "One at a time. There are more threads than one."},
                        },
                .right = 2,
                .because = "{pool} at a time, round after round. What has no thread waits in "
                           "front of the pool.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of job 5, 50 ms a cell?",
                .because = "Four others were before it on two threads: 100 ms for the "
                           "first two, 100 for the next two, then its own.",
                .truth = SCN_TRUTH_CELLS,
                .of = "job 5",
                .cells = "#.....#|",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_pool_full_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A pool is a queue with a few servers, and it is smaller than one thinks:\n"
                 "Python's default has a few more threads than the machine has cores, libuv's\n"
                 "has four. Ask for the end; then let the class find the pool size from which\n"
                 "on it takes 100.\n"
                 "Show the line in front of the pool. It does not appear in any log of a real\n"
                 "program.\n",
};
