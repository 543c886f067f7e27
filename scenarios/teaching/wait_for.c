/* wait-for: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "When does main go on?",
                .options =
                        {
                                {.text = "at 2000 ms, with the operation",
                                 .belief = SCN_LIMIT_ABANDONS,
                                 .because = "The limit is over before."},
                                {.text = "at 500 ms"},
                                {.text = "at 2500 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "The limit and the operation begin together."},
                        },
                .right = 1,
                .because = "The operation is asked to end at 500, ends at once, and main "
                           "goes on with a TimeoutError.",
                .truth = SCN_TRUTH_END,
                .of = "main",
        },
        {
                .ask = "The limit is over. What becomes of the operation?",
                .options =
                        {
                                {.text = "it goes on until 2000 ms, unwatched",
                                 .belief = SCN_LIMIT_ABANDONS,
                                 .because = "wait_for does not let go of it: it asks it to end."},
                                {.text = "it is cancelled now"},
                                {.text = "it is stopped wherever it stands, without noticing",
                                 .belief = SCN_LIMIT_INTERRUPTS,
                                 .because = "It gets a CancelledError where it waits, and may "
                                            "clean up."},
                        },
                .right = 1,
                .because = "wait_for does not just stop waiting: it cancels what it waited "
                           "for, and the operation notices that, where it waits.",
                .t_ns = GT_MS(500),
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of operation from 500 ms, "
                       "100 ms a cell?",
                .because = "One more step, in which the cancellation comes, and it has "
                           "ended. Only then does main go on.",
                .t_ns = GT_MS(500),
                .truth = SCN_TRUTH_CELLS,
                .of = "operation",
                .cells = "#x",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_wait_for_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Begin the chapter with it. The vote is about the operation, not about the\n"
                 "caller: is it left running? It is cancelled, and it can notice.\n"
                 "The sentence to leave behind: a limit is a timer that cancels. Everything\n"
                 "else in this chapter follows from that.\n",
};
