/* sequential: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "A has its answer. When will all three be here?",
                .options =
                        {
                                {.text = "at {a} ms",
                                 .belief = SCN_ASYNC_OVERLAPS,
                                 .because = "B has not even been asked for: its line comes after "
                                            "A's await."},
                                {.text = "at {a+c} ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "B and C come one after the other."},
                                {.text = "at {a+b} ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "Then B has its answer, and C is still to be asked "
                                            "for."},
                                {.text = "at 1800 ms"},
                        },
                .right = 3,
                .because = "Each wait begins when the one before is over, so the times add "
                           "up: {a}, {b} and {c}.",
                .t_ns = GT_MS(1000),
                .moment = "A has its answer",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main from 1000 ms, 100 "
                       "ms a cell?",
                .because = "500 for B and 300 for C, one behind the other, and a "
                           "sliver of work where one ends and the next begins.",
                .t_ns = GT_MS(1000),
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#....#..#|",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_sequential_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Always together with `concurrent`. Run this one first, ask how much of the\n"
                 "1800 ms the thread was busy, and let the class find out with the cursor:\n"
                 "nearly none.\n"
                 "Then compare the two on one axis. The answer to \"why not 600\" is worth a\n"
                 "minute of talk in pairs: it separates those who think of work that is shared\n"
                 "from those who see waits lying on top of each other.\n",
};
