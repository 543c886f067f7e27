/* callbacks: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "main has said call_soon(say). When is say called?",
                .options =
                        {
                                {.text = "at once, inside call_soon",
                                 .belief = SCN_STARTS_AT_ONCE,
                                 .because = "call_soon only writes the function into the queue "
                                            "and returns."},
                                {.text = "when main next waits"},
                                {.text = "when main has ended",
                                 .belief = SCN_NOBODY_WAITS,
                                 .because = "The loop does not belong to main: it takes the next "
                                            "entry whenever main waits."},
                        },
                .right = 1,
                .because = "call_soon puts the function at the end of the queue of what is "
                           "ready. main still runs; the loop comes to the queue when main "
                           "waits.",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .kind = SCN_ORDER,
                .ask = "In which order do these four lines come?",
                .options =
                        {
                                {.text = "called soon"},
                                {.text = "called later"},
                                {.text = "nothing has been called yet"},
                                {.text = "is done"},
                        },
                .order = {2, 0, 1, 3},
                .because = "call_soon only notes what is to be called, so main goes on "
                           "until it waits. Then the first callback has its turn; the "
                           "other one when its 100 ms are over.",
                .truth = SCN_TRUTH_ORDER_LOG,
        },
};

const struct scn_teaching scn_callbacks_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Look at the lane of the loop, which the class has ignored so far. Two marks,\n"
                 "and no task around them. Everything that a task does is such a call\n"
                 "underneath.\n"
                 "A good question for the quick ones: what can a callback not do that a task\n"
                 "can? It cannot wait. So a callback that takes long has no excuse.\n",
};
