/* as-completed: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "A gives 3 at 300 ms, B gives 1 at 100, C gives 2 at 200. What is "
                       "printed?",
                .options =
                        {
                                {.text = "3 1 2",
                                 .belief = SCN_TEXT_ORDER,
                                 .because = "That is the order of the arguments, as gather gives "
                                            "it."},
                                {.text = "1 2 3, all at 300 ms",
                                 .belief = SCN_NOBODY_WAITS,
                                 .because = "Each is given out as soon as it is there."},
                                {.text = "1 2 3, one every 100 ms"},
                        },
                .right = 2,
                .because = "as_completed gives out the results as they come. gather would "
                           "give 3 1 2, the order of the arguments, and all at the end.",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main, 50 ms a cell?",
                .because = "main waits three times, each time for whoever is done "
                           "next: at 100, at 200 and at 300. Between these it has "
                           "nothing to do.",
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#.#.#.#|",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_as_completed_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Compare with `gather` by mouth, not on the screen: same tasks, same ends,\n"
                 "other moments at which main has something. If the class is tired, skip it;\n"
                 "nothing later needs it.\n",
};
