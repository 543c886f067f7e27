/* executor: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Two calls, blocking for {a} and {b} ms, each on a thread. When "
                       "is it over?",
                .options =
                        {
                                {.text = "at 1000 ms"},
                                {.text = "at {a+b} ms",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "One after the other, on one thread. Here are two "
                                            "besides the loop's."},
                        },
                .right = 0,
                .because = "Each call has a thread of its own, and the threads overlap. The "
                           "loop only waits for both.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of job B, 100 ms a cell?",
                .because = "For the loop it is waiting, and nothing else: the work is "
                           "in the lane of a thread. At 600 it has its result.",
                .truth = SCN_TRUTH_CELLS,
                .of = "job B",
                .cells = "#.....#|",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_executor_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Two calls, two threads, the longer one decides. Short; it prepares `pool-\n"
                 "full`. Ask how many threads there are in all.\n",
};
