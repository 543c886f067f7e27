/* chain: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "fetch takes {fetch} ms, process {process}. When is the result "
                       "there?",
                .options =
                        {
                                {.text = "at {fetch} ms",
                                 .belief = SCN_ASYNC_OVERLAPS,
                                 .because = "They would have to overlap, and process cannot begin "
                                            "without what fetch returns."},
                                {.text = "at 700 ms"},
                        },
                .right = 1,
                .because = "process is called with the data that fetch returns, so it cannot "
                           "be called before: what depends on each other cannot overlap.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main, 100 ms a cell?",
                .because = "Two waits, one behind the other: process needs what fetch "
                           "brings, so nothing can overlap.",
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#....#.#|",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_chain_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The dull case, on purpose: what depends on each other stands in a row, and\n"
                 "no loop in the world can change it. Ask who would use a task here, and for\n"
                 "what. If somebody does, let them say what the task would begin with at 0.\n"
                 "It comes before `calculator`, because there the same picture is a mistake.\n",
};
