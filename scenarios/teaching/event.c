/* event: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "main sets the event now. How many of those who wait go on?",
                .options =
                        {
                                {.text = "the first in line",
                                 .belief = SCN_NEWCOMER,
                                 .because = "A lock would wake one. An event is news for all."},
                                {.text = "all of them, in one iteration"},
                                {.text = "all, but the second after the first is done",
                                 .belief = SCN_ATOMIC,
                                 .because = "Both become ready at once and take their turns in "
                                            "one iteration."},
                        },
                .right = 1,
                .because = "An event is not a permit that one could take: set() wakes "
                           "everybody who waits.",
                .t_ns = GT_MS(500),
                .moment = "sets the event",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .kind = SCN_ORDER,
                .ask = "main sets the event and awaits both. In which order do the "
                       "three end?",
                .options =
                        {
                                {.text = "main"},
                                {.text = "waiter 2"},
                                {.text = "waiter 1"},
                        },
                .order = {2, 1, 0},
                .because = "Setting it makes both ready, in the order in which they "
                           "waited. main needs both, so it is last.",
                .t_ns = GT_MS(500),
                .truth = SCN_TRUTH_ORDER_END,
        },
};

const struct scn_teaching scn_event_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Short. The vote separates an event from a lock: news for all, or a thing\n"
                 "that one has. Show that both wake in one iteration.\n"
                 "For the quick ones: --set clear=1. It is set and cleared at once, and still\n"
                 "both go on.\n",
};
