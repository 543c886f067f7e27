/* taskgroup-error: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "B has failed. What becomes of A and C, its siblings in the "
                       "group?",
                .options =
                        {
                                {.text = "they run on to their end",
                                 .belief = SCN_CANCEL_STAYS,
                                 .because = "gather would let them. A group does not."},
                                {.text = "they are cancelled now"},
                                {.text = "they are cancelled when main looks at the error",
                                 .belief = SCN_CANCEL_IS_NOW,
                                 .because = "main cannot look yet: it is let out of the group "
                                            "when all have ended."},
                        },
                .right = 1,
                .because = "A group succeeds as a whole or fails as a whole: the first error "
                           "cancels the rest. gather would let them run.",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of A, 20 ms a cell?",
                .because = "It has one step, waits, and is cancelled at the same "
                           "instant, because B has failed.",
                .truth = SCN_TRUTH_CELLS,
                .of = "A",
                .cells = "#x",
                .cell_ns = GT_MS(20),
        },
};

const struct scn_teaching scn_taskgroup_error_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The other half of `gather-error`. Point at the bracket: the scope ends when\n"
                 "all its tasks have ended, and the cancellation is drawn at the instant of\n"
                 "the failure.\n"
                 "What the caller sees is a group of errors. Mention `except*`, and leave it\n"
                 "there.\n",
};
