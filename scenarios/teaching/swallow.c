/* swallow: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The limit is 50 ms, and the task eats its cancellation. When "
                       "does main go on?",
                .options =
                        {
                                {.text = "at 50 ms",
                                 .belief = SCN_LIMIT_IS_EXACT,
                                 .because = "wait_for waits until the task has really ended."},
                                {.text = "at 250 ms, with TimeoutError",
                                 .belief = SCN_LIMIT_IS_EXACT,
                                 .because = "The task ended with a result, and that goes before "
                                            "the limit."},
                                {.text = "at 250 ms, with a result"},
                        },
                .right = 2,
                .because = "wait_for cancels the task and then waits for its end. The task "
                           "took no notice and ended with a result, so that is what main "
                           "gets.",
                .t_ns = GT_MS(50),
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of stubborn from 50 ms, 25 "
                       "ms a cell?",
                .because = "The cancellation comes at 50 and is caught, not raised "
                           "again. So the task waits on until 250 as if nothing had "
                           "been said.",
                .t_ns = GT_MS(50),
                .truth = SCN_TRUTH_CELLS,
                .of = "stubborn",
                .cells = "#.......#|",
                .cell_ns = GT_MS(25),
        },
};

const struct scn_teaching scn_swallow_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "`except BaseException: pass`, or a bare except, and a limit is not kept. Ask\n"
                 "when the caller goes on, then what it gets: a result, and no TimeoutError.\n"
                 "The mend is one word, raise. Ask the class where in its own code a bare\n"
                 "except stands.\n",
};
