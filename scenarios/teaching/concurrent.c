/* concurrent: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Waits of {a}, {b} and {c} ms, all at the same time. When is all "
                       "of it done?",
                .options =
                        {
                                {.text = "at {(a+b+c)/3} ms",
                                 .belief = SCN_DIVIDES,
                                 .because = "That is the sum by three. Waits are not work that "
                                            "can be shared out."},
                                {.text = "at 1000 ms"},
                                {.text = "at {a+b+c} ms",
                                 .belief = SCN_ADDS_UP,
                                 .because = "That is the sum. All three begin at 0, so they lie "
                                            "on top of each other."},
                        },
                .right = 1,
                .because = "Waits do not share anything, so they do not get shorter by a "
                           "third each: they lie on top of each other, and the longest "
                           "decides.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_ORDER,
                .ask = "In which order do the three have their answers?",
                .options =
                        {
                                {.text = "fetch A"},
                                {.text = "fetch B"},
                                {.text = "fetch C"},
                        },
                .order = {2, 1, 0},
                .because = "All three begin to wait at 0, so the shortest wait is over "
                           "first: C after 300, B after 500, A after 1000. The order of the "
                           "text does not matter.",
                .truth = SCN_TRUTH_ORDER_END,
        },
};

const struct scn_teaching scn_concurrent_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Ask why it is not 600 before you show it. Those who say 600 have a picture\n"
                 "of three people who share one load. Ask them what exactly a third of a wait\n"
                 "would be.\n"
                 "Then change one number: make B 1500. The makespan follows the longest,\n"
                 "always. If there is time, let the class predict it for 1000, 1000 and 1000.\n",
};
