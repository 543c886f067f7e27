/* create-task: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "main awaits A, then B. Which of the two ends first?",
                .options =
                        {
                                {.text = "A, since it is awaited first",
                                 .belief = SCN_STARTS_WHEN_AWAITED,
                                 .because = "Both began when main first waited. Awaiting does not "
                                            "start a task."},
                                {.text = "B, since it is shorter"},
                        },
                .right = 1,
                .because = "A task begins to run when the loop gets to it, not when it is "
                           "awaited. Both started at 0, and B needs 1000 ms less.",
        },
        {
                .kind = SCN_ORDER,
                .ask = "In which order do the three end?",
                .options =
                        {
                                {.text = "A"},
                                {.text = "B"},
                                {.text = "main"},
                        },
                .order = {1, 0, 2},
                .because = "B after 1000, A after 2000; and main when it has awaited both.",
                .truth = SCN_TRUTH_ORDER_END,
        },
        {
                .ask = "A has ended, and main comes to `await b`. How long does that "
                       "take?",
                .options =
                        {
                                {.text = "1000 ms",
                                 .belief = SCN_STARTS_WHEN_AWAITED,
                                 .because = "B would have to begin now. It began at 0 and ended "
                                            "at 1000."},
                                {.text = "no time"},
                        },
                .right = 1,
                .because = "B is done already. Awaiting a task that is done gives its result "
                           "at once, without waiting.",
                .t_ns = GT_MS(2000),
                .moment = "A is awaited",
        },
};

const struct scn_teaching scn_create_task_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Two lines in the wrong order on purpose: A is awaited first and ends last.\n"
                 "The vote shows who thinks that await starts things.\n"
                 "The second question is the better one: how long does `await b` take, when B\n"
                 "is done? Nothing at all. Awaiting is asking, and the answer may be there.\n",
};
