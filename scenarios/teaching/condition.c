/* condition: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "One item, and notify_all woke both consumers. What does the "
                       "second find?",
                .options =
                        {
                                {.text = "the item",
                                 .belief = SCN_WOKEN_HAS_IT,
                                 .because = "It was there when the wake was sent. The first "
                                            "consumer had the lock before."},
                                {.text = "nothing"},
                                {.text = "it is not woken at all",
                                 .belief = SCN_NEWCOMER,
                                 .because = "notify_all wakes all. notify(1) would have woken "
                                            "one."},
                        },
                .right = 1,
                .because = "The first to get the lock takes the item. The second wakes to a "
                           "world that has changed again, so it must look before it takes.",
                .t_ns = GT_MS(200),
                .moment = "adds an item",
        },
        {
                .ask = "With `if` in place of `while`, what would the second consumer "
                       "do?",
                .options =
                        {
                                {.text = "take the item that it was woken for",
                                 .belief = SCN_WOKEN_HAS_IT,
                                 .because = "There was one item, and the first consumer has it."},
                                {.text = "take an item that is not there"},
                                {.text = "wait again, for there is none",
                                 .belief = SCN_SMART_LOOP,
                                 .because = "Only the loop in the text waits again, and that is "
                                            "what the `while` is."},
                        },
                .right = 1,
                .because = "Between being woken and having the lock another may have been "
                           "there. `while` looks again; `if` believes the wake.",
                .t_ns = GT_MS(200),
                .moment = "adds an item",
        },
        {
                .kind = SCN_ORDER,
                .ask = "The first item comes. Put these four lines into their "
                       "order.",
                .options =
                        {
                                {.text = "takes an item"},
                                {.text = "wakes, sees 0"},
                                {.text = "adds an item"},
                                {.text = "wakes, sees 1"},
                        },
                .order = {2, 3, 0, 1},
                .because = "Both are woken by the one item, in the order in which they "
                           "waited. The first takes it, so the second looks and finds "
                           "none: that is what the `while` is for.",
                .t_ns = GT_MS(200),
                .truth = SCN_TRUTH_ORDER_LOG,
        },
};

const struct scn_teaching scn_condition_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The line to look at is the `while`. Let the class say what would happen with\n"
                 "an `if`, and then run it with recheck=0: it fails, with a real error.\n"
                 "What to take along: being woken is a hint and not a promise. It is true of\n"
                 "threads as well.\n",
};
