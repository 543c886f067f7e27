/* never-awaited: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "send() was called, and the result dropped. Does its body run?",
                .options =
                        {
                                {.text = "later, when the loop has time",
                                 .belief = SCN_LATER,
                                 .because = "The loop has never heard of it: nobody made it a "
                                            "task."},
                                {.text = "yes, when it is called",
                                 .belief = SCN_STARTS_AT_ONCE,
                                 .because = "Calling an async function runs none of its lines."},
                                {.text = "no, never"},
                        },
                .right = 2,
                .because = "A coroutine is a call that was written down. Nobody awaited it "
                           "and nobody made it a task, so nobody ever runs it.",
                .moment = "has called send twice",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .kind = SCN_ORDER,
                .ask = "send() is called twice, one of the two is awaited. The "
                       "order of these lines?",
                .options =
                        {
                                {.text = "send begins"},
                                {.text = "has called send twice"},
                                {.text = "has awaited one of them"},
                                {.text = "send ends"},
                        },
                .order = {1, 0, 3, 2},
                .because = "Calling makes a coroutine object and runs nothing of it. "
                           "The body begins when main awaits it, and there is only one "
                           "that does.",
                .truth = SCN_TRUTH_ORDER_LOG,
        },
};

const struct scn_teaching scn_never_awaited_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Write `send()` on the board, without an await, and ask for hands: does it\n"
                 "send? Many of those who know Python well say \"later\". Then run it and look\n"
                 "for the ghost.\n"
                 "Worth saying: Python does print a warning, when the object is thrown away,\n"
                 "on standard error, and the program ends well. In a log of ten thousand lines\n"
                 "nobody sees it. A linter does, and so does `ganttop check`.\n",
};
