/* calculator: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Both calls are async, and each takes {wait} ms. Do they run at "
                       "the same time?",
                .options =
                        {
                                {.text = "yes: both are there at {wait} ms",
                                 .belief = SCN_ASYNC_OVERLAPS,
                                 .because = "async says that others may run meanwhile. There are "
                                            "no others: nobody made a task."},
                                {.text = "no: both are there at 200 ms"},
                        },
                .right = 1,
                .because = "The line that asks for the second sum is reached when the first "
                           "await is over. Being async lets others run, and there are no "
                           "others.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main, 20 ms a cell?",
                .because = "One lane, and two waits behind each other. Nothing else is "
                           "there that could run meanwhile.",
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#....#....#|",
                .cell_ns = GT_MS(20),
        },
};

const struct scn_teaching scn_calculator_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Same picture as `chain`, and this time it is a pity: the two sums do not\n"
                 "need each other. Ask for the vote before running it; expect about half for\n"
                 "100 ms.\n"
                 "Do not mend it yet. Let the class say what would have to be different, and\n"
                 "keep the answer for chapter 2 (`concurrent`). The sentence to leave behind:\n"
                 "async allows others to run. It does not make others.\n",
};
