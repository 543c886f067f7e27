/* timeout-no-await: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "A limit of 100 ms around 300 ms of computing. What happens?",
                .options =
                        {
                                {.text = "TimeoutError at 100 ms",
                                 .belief = SCN_LIMIT_INTERRUPTS,
                                 .because = "Nobody can interrupt what runs on the loop's own "
                                            "thread."},
                                {.text = "TimeoutError at 300 ms",
                                 .belief = SCN_LIMIT_IS_EXACT,
                                 .because = "It would have to be delivered in an await, and none "
                                            "comes before the scope is left."},
                                {.text = "no TimeoutError at all"},
                        },
                .right = 2,
                .because = "The limit is a timer of the loop, and the loop has no turn "
                           "before the scope is left. Then the timer is taken down.",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main, 50 ms a cell?",
                .because = "One step of 300 ms that nobody can interrupt, a limit or "
                           "no limit. Then it is done.",
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "!!!!!!|",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_timeout_no_await_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The strongest form of it: no timeout at all. Vote in two rounds, this one\n"
                 "divides the room. The answer needs both rules: a limit is a timer that\n"
                 "cancels, and a cancellation is delivered in an await.\n",
};
