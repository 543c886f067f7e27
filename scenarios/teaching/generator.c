/* generator: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_ORDER,
                .ask = "Put what happens at 300 ms into its order.",
                .options =
                        {
                                {.text = "finally: closes the connection"},
                                {.text = "is behind the loop"},
                                {.text = "has 3"},
                        },
                .order = {2, 1, 0},
                .because = "The value, then the line behind the loop, and the finally when "
                           "main waits. With aclosing() the finally would come second.",
                .t_ns = GT_MS(200),
                .moment = "has 2",
                .truth = SCN_TRUTH_ORDER_LOG,
        },
        {
                .ask = "The consumer breaks at the third value. When does `finally` run?",
                .options =
                        {
                                {.text = "now, before the line behind the loop",
                                 .belief = SCN_FINALLY_ALWAYS,
                                 .because = "The break tells the generator nothing; it stands at "
                                            "its yield."},
                                {.text = "after main has gone on, in another task"},
                                {.text = "when all five values are made",
                                 .belief = SCN_LATER,
                                 .because = "It is never asked for the fourth."},
                        },
                .right = 1,
                .because = "Nobody has the generator any more, and the event loop closes it "
                           "in a task of its own, when main next waits.",
                .t_ns = GT_MS(300),
                .moment = "has 3",
        },
};

const struct scn_teaching scn_generator_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The surprise is at 300: main is behind the loop, and only then `finally`, in\n"
                 "a task that nobody made. Let the class order the three lines first.\n"
                 "Show close=1 afterwards, and say the rule: an async generator that has\n"
                 "something open belongs into aclosing(). In a program that ends early the\n"
                 "finally may run at the very end, or never finish.\n",
};
