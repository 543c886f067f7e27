/* crawler: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Three permits, and page 0 is there. How many pages were loaded "
                       "until now?",
                .options =
                        {
                                {.text = "one: nobody knew of the others"},
                                {.text = "three",
                                 .belief = SCN_ENDLESS_POOL,
                                 .because = "Two permits were free, and there was nothing to use "
                                            "them for."},
                        },
                .right = 0,
                .because = "A crawl begins narrow: what is not found cannot be loaded. The "
                           "permits are a limit, not a promise.",
                .t_ns = GT_MS(100),
                .moment = "has 3 links, 3 new",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of page 7 from 100 ms, 50 "
                       "ms a cell?",
                .because = "It is found at 200, when page 8 is there, and has the "
                           "permit that page 8 gives back. Before that there is no "
                           "such task.",
                .t_ns = GT_MS(100),
                .truth = SCN_TRUTH_CELLS,
                .of = "page 7",
                .cells = "  #.#|",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_crawler_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The fan-out under a cap, and the positive example for `no-lock-needed`:\n"
                 "checking and adding to the set of known pages stand together without an\n"
                 "await. Ask what an await between them would do.\n"
                 "Compare with `nested-semaphore`, the crawler that hangs.\n",
};
