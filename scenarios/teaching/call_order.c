/* call-order: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "call_later(0), soon 1, soon 2, a task: asked for in this order. "
                       "Who is last?",
                .options =
                        {
                                {.text = "soon 2",
                                 .belief = SCN_TEXT_ORDER,
                                 .because = "The queue keeps the order, and the task stands "
                                            "behind soon 2."},
                                {.text = "the task",
                                 .belief = SCN_STARTS_AT_ONCE,
                                 .because = "The task is in the queue already; the timer has yet "
                                            "to get there."},
                                {.text = "later 0"},
                        },
                .right = 2,
                .because = "A timer is looked at when an iteration begins and then joins the "
                           "end of the queue: behind all that was ready already.",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .kind = SCN_ORDER,
                .ask = "All five are asked for at 0 ms. In which order are they printed?",
                .options =
                        {
                                {.text = "later 0"},
                                {.text = "soon 1"},
                                {.text = "soon 2"},
                                {.text = "the task"},
                                {.text = "after sleep(0)", .is = "after sleep(0), 1"},
                        },
                .order = {1, 2, 3, 4, 0},
                .because = "One queue, first in, first out: what is asked for first is ready "
                           "first. The timer is looked at when an iteration begins, and then "
                           "joins the end of the queue.",
                .truth = SCN_TRUTH_ORDER_LOG,
        },
};

const struct scn_teaching scn_call_order_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Let everybody write the order down on paper before it runs; do not collect\n"
                 "the votes by hand. Then put it together on the board, one line at a time,\n"
                 "each time with the reason: who stood in the queue already?\n"
                 "The timer with delay 0 is the one that nobody gets right, and it is the\n"
                 "least important. What matters is that there is one queue, and that it is\n"
                 "first in, first out.\n",
};
