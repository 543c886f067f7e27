/* sleep-is-a-lower-bound: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Four sleep until 50, then compute 20 ms each. When does Task 4 go on?",
                .options =
                        {
                                {.text = "at 50 ms",
                                 .belief = SCN_SLEEP_IS_EXACT,
                                 .because = "It is ready at 50. Ready is not running."},
                                {.text = "at 70 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "Task 2 runs then. Each of the three before it "
                                            "computes for 20."},
                                {.text = "at 110 ms"},
                        },
                .right = 2,
                .because = "All are ready at 50, and they run in a row. Three of them "
                           "compute for 20 ms before it is Task 4's turn.",
                .t_ns = GT_MS(40),
                .truth = SCN_TRUTH_RESUME,
                .of = "Task 4",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of Task 4 from 40 ms on, 10 ms a "
                       "cell?",
                .because = "At 50 its time has come and it is ready. Three others compute "
                           "for 20 ms each before it: ready, and not running, until 110.",
                .t_ns = GT_MS(40),
                .truth = SCN_TRUTH_CELLS,
                .of = "Task 4",
                .cells = ".rrrrrr##",
                .cell_ns = GT_MS(10),
        },
};

const struct scn_teaching scn_sleep_is_a_lower_bound_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Vote, then let everybody paint the lane of Task 4: ready at 50, running at\n"
                 "110. sleep(0.05) means not before. Ask who is to blame for the 60 in between:\n"
                 "nobody sleeps too long, three others compute. Connect it to `herd`.\n",
};
