/* comprehension: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "[await f(i) for i in range({calls})], and f takes {wait} ms. Is "
                       "it concurrent?",
                .options =
                        {
                                {.text = "yes: it is done at {wait} ms",
                                 .belief = SCN_ASYNC_OVERLAPS,
                                 .because = "A comprehension is a loop. To overlap, all calls "
                                            "would have to be made before the first is awaited."},
                                {.text = "no: it is done at 250 ms"},
                        },
                .right = 1,
                .because = "A comprehension is a loop: element by element, and each element "
                           "has its await. Nothing in it makes a task.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main, 25 ms a cell?",
                .because = "A step every 50 ms: call, wait, call, wait. The "
                           "comprehension is a loop with an await in it.",
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#.#.#.#.#.#|",
                .cell_ns = GT_MS(25),
        },
};

const struct scn_teaching scn_comprehension_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The last trap of the chapter, and it looks like idiomatic Python. Vote\n"
                 "quickly, run it, and count the steps of the staircase.\n"
                 "Then let the class write the one that overlaps: build a list of tasks in a\n"
                 "comprehension without await, and gather them. The difference is where the\n"
                 "await stands.\n",
};
