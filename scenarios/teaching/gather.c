/* gather: what the class is asked, and what the teacher wants to know. */
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
                .because = "They begin together, and the shortest wait is over first: B at "
                           "100, C at 200, A at 300.",
                .truth = SCN_TRUTH_ORDER_END,
        },
        {
                .ask = "A gives 1, B gives 2, C gives 3; B is the quickest. What is the "
                       "list?",
                .options =
                        {
                                {.text = "1 2 3"},
                                {.text = "2 3 1, as they finish",
                                 .belief = SCN_FINISH_ORDER,
                                 .because = "That is as_completed. gather keeps a place for each "
                                            "argument."},
                                {.text = "it may differ from run to run",
                                 .belief = SCN_CHANCE,
                                 .because = "The same program gives the same list in every run."},
                        },
                .right = 0,
                .because = "The list has the order of the arguments, whatever the order of "
                           "the ends is. Each result has its place before anybody begins.",
                .t_ns = GT_MS(100),
                .moment = "ends with 2",
        },
};

const struct scn_teaching scn_gather_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Three things to tell apart: the order in which they start, the order in\n"
                 "which they end, and the order of the results. Let the class put the ends in\n"
                 "order first, and vote for the list afterwards.\n"
                 "If somebody asks how gather knows: it keeps a place for each argument. No\n"
                 "sorting, no names.\n",
};
