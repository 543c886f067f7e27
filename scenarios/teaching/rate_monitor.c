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
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of monitor from 3000 ms, 100 ms a cell?",
                .because = "It wakes, says its third number, and waits for 4000. main ends it all "
                           "at 3500: it is "
                           "woken once more, to be cancelled, and what was counted since then "
                           "nobody hears.",
                .t_ns = GT_MS(3000),
                .truth = SCN_TRUTH_CELLS,
                .of = "monitor",
                .cells = "#....#x",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_rate_monitor_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A task that looks once a second, beside those who work. Ask what the last\n"
                 "500 ms count for: nothing, nobody looks any more. 25, 26 and 26 were said, 89\n"
                 "were done: 12 are missing. It is how most metrics lose the end of a program.\n",
};
