/* wait-first: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_ORDER,
                .ask = "In which order do the three tasks end?",
                .options =
                        {
                                {.text = "A"},
                                {.text = "B"},
                                {.text = "C"},
                        },
                .order = {1, 2, 0},
                .because = "By the length of their waits. That main waited for the first of "
                           "them only makes no difference.",
                .truth = SCN_TRUTH_ORDER_END,
        },
        {
                .ask = "B is done, and main's wait for the first is over. What becomes "
                       "of A and C?",
                .options =
                        {
                                {.text = "they are cancelled",
                                 .belief = SCN_CANCEL_SPREADS,
                                 .because = "wait cancels nobody. Who wants that must do it.",
                                 .is = "cancelled"},
                                {.text = "they go on", .is = "result"},
                                {.text = "they stand still until main waits for them again",
                                 .belief = SCN_STARTS_WHEN_AWAITED,
                                 .because = "A task does not need anybody who waits for it in "
                                            "order to run.",
                                 .is = "never"},
                        },
                .right = 1,
                .because = "wait only waits. It cancels nobody, neither the pending ones "
                           "nor, with a timeout, all of them.",
                .t_ns = GT_MS(100),
                .moment = "B is done",
                .truth = SCN_TRUTH_OUTCOME,
                .of = "A",
        },
};

const struct scn_teaching scn_wait_first_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "FIRST_COMPLETED is used to take the quickest of several servers, and most of\n"
                 "those who write it believe that the others are cancelled. They go on, and\n"
                 "hold their connections.\n"
                 "Vote, run, and ask who would have to write the cancellation. Then: what\n"
                 "would have to be awaited after it?\n",
};
