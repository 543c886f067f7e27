/* rate-monitor: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Operations of 70, 140 and 210 ms, side by side. How many in the "
                       "first second?",
                .options =
                        {
                                {.text = "7",
                                 .belief = SCN_ADDS_UP,
                                 .because = "One worker after the other, in rounds of 140 on "
                                            "average."},
                                {.text = "14",
                                 .belief = SCN_MISCOUNT,
                                 .because = "That is the first worker alone."},
                                {.text = "25"},
                        },
                .right = 2,
                .because = "14 of the first worker, 7 of the second, 4 of the third. They "
                           "wait side by side and do not slow each other down.",
        },
};

const struct scn_teaching scn_rate_monitor_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A task that looks once a second, beside those who work. Ask what the last\n"
                 "500 ms count for: nothing, nobody looks any more. It is how most metrics\n"
                 "lose the end of a program.\n",
};
