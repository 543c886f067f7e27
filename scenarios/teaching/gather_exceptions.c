/* gather-exceptions: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "B fails at 0, but main said return_exceptions. When does main go "
                       "on?",
                .options =
                        {
                                {.text = "at 0 ms, with the error",
                                 .belief = SCN_ERRORS_ARE_LOUD,
                                 .because = "Without return_exceptions, yes. With it an error is "
                                            "one of the results."},
                                {.text = "at 100 ms, when A and C are done too"},
                        },
                .right = 1,
                .because = "With return_exceptions an error is a result like the others, and "
                           "gather waits for all results.",
                .truth = SCN_TRUTH_MAKESPAN,
        },
        {
                .kind = SCN_ORDER,
                .ask = "In which order do the four tasks end?",
                .options =
                        {
                                {.text = "main"},
                                {.text = "A"},
                                {.text = "B"},
                                {.text = "C"},
                        },
                .order = {2, 1, 3, 0},
                .because = "B fails at once, but its error is kept as a result. A and "
                           "C take their 100 ms; main goes on when all three have "
                           "ended.",
                .truth = SCN_TRUTH_ORDER_END,
        },
};

const struct scn_teaching scn_gather_exceptions_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A short one: the error takes its place among the results, and nothing is\n"
                 "thrown. The price is that one has to look: a list of results that nobody\n"
                 "examines hides the error for good.\n"
                 "Ask what happens to an error in this mode if the caller only uses the first\n"
                 "result.\n",
};
