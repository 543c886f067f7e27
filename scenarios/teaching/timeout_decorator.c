/* timeout-decorator: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Two calls took 50 and 150 ms. The limit is 200. When is the "
                       "third cut off?",
                .options =
                        {
                                {.text = "now, at 200 ms: the 200 are used up",
                                 .belief = SCN_LIMIT_RESTARTS,
                                 .because = "One limit around all three would do that. This one "
                                            "is a limit for each."},
                                {.text = "at 400 ms"},
                                {.text = "at 700 ms",
                                 .belief = SCN_LIMIT_IS_EXACT,
                                 .because = "It would take 500, and is cut off after 200."},
                        },
                .right = 1,
                .because = "Each call has a limit of its own, which begins with the call. A "
                           "limit for all three would be one scope around them.",
                .t_ns = GT_MS(200),
                .moment = "query took",
                .truth = SCN_TRUTH_LOGGED,
                .of = "timed out",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main from 200 ms, 50 ms "
                       "a cell?",
                .because = "Every call has the whole of its own limit: this one begins "
                           "at 200 and is cut off at 400.",
                .t_ns = GT_MS(200),
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#...#|",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_timeout_decorator_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "One limit for each call against one limit for all three: ask when all is\n"
                 "over at the latest, in both cases. The code is four lines, and a good\n"
                 "exercise.\n",
};
