/* gather-error: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "B has failed, and gather has raised its error. What becomes of A "
                       "and C?",
                .options =
                        {
                                {.text = "they are cancelled",
                                 .belief = SCN_CANCEL_SPREADS,
                                 .because = "A TaskGroup would do that. gather only hands on the "
                                            "first error.",
                                 .is = "cancelled"},
                                {.text = "they run on to their end", .is = "result"},
                                {.text = "they are stopped and never end",
                                 .belief = SCN_LOOP_WAITS,
                                 .because = "Nobody stops them: each has its own timer, and its "
                                            "own end.",
                                 .is = "never"},
                        },
                .right = 1,
                .because = "gather gives the first error to its caller and lets go of the "
                           "others. They run on, and nobody looks at them.",
                .moment = "gather raised",
                .truth = SCN_TRUTH_OUTCOME,
                .any = true,
                .of = "A",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of A, 20 ms a cell?",
                .because = "The failure of B is told to main and to nobody else. A has "
                           "waited for its 100 ms, and ends.",
                .truth = SCN_TRUTH_CELLS,
                .of = "A",
                .cells = "#....#|",
                .cell_ns = GT_MS(20),
        },
};

const struct scn_teaching scn_gather_error_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Ask what becomes of the siblings, and take the vote in two rounds: this is\n"
                 "the question on which a room divides best, because half of the tutorials say\n"
                 "one thing and half the other.\n"
                 "Then run `taskgroup-error` beside it. Do not say which one is better. Ask\n"
                 "when one would want the siblings to run on (they save something), and when\n"
                 "not (nobody needs their results any more).\n",
};
