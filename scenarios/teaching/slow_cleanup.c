/* slow-cleanup: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "A limit of {limit} ms, a cleanup of {cleanup}. When does the "
                       "caller go on?",
                .options =
                        {
                                {.text = "at {limit} ms",
                                 .belief = SCN_LIMIT_IS_EXACT,
                                 .because = "Then the operation would go on behind its back, with "
                                            "its files open."},
                                {.text = "at 400 ms"},
                                {.text = "at {work} ms",
                                 .belief = SCN_LIMIT_ABANDONS,
                                 .because = "The operation itself is cut short at its limit."},
                        },
                .right = 1,
                .because = "wait_for does not return before the operation has really ended, "
                           "so that it cannot go on behind the caller's back.",
                .truth = SCN_TRUTH_END,
                .any = true,
                .of = "main",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of the operation from 0 ms, 50 ms "
                       "a cell?",
                .because = "It begins, is asked to end at 100, cleans up for 300 (a wait, "
                           "like others), and ends.",
                .truth = SCN_TRUTH_CELLS,
                .of = "operation",
                .cells = "#.#.....#x",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_slow_cleanup_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Is it a mistake that the caller goes on at 400? Let the class argue.\n"
                 "wait_for could return at 100 and leave the operation to itself; then two of\n"
                 "them would be at work on the same file.\n"
                 "The documentation says so too: the total time may exceed the timeout.\n",
};
