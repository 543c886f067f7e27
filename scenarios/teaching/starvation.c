/* starvation: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Newest first, and somebody new arrives every 20 ms. When does "
                       "`old` run?",
                .options =
                        {
                                {.text = "at 0 ms: it was there first",
                                 .belief = SCN_TEXT_ORDER,
                                 .because = "That is FIFO. Here the newest goes first."},
                                {.text = "when it has waited for too long, at 100 ms",
                                 .belief = SCN_SMART_LOOP,
                                 .because = "Nobody looks at how long. LIFO looks at who came "
                                            "last.",
                                 .is = "100 ms"},
                                {.text = "when nobody comes any more, at 200 ms"},
                        },
                .right = 2,
                .because = "As long as somebody newer is ready, that one goes first. FIFO "
                           "promises that everybody runs in the end; LIFO does not.",
                .truth = SCN_TRUTH_START,
                .of = "old",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of `old` from 0 ms, 20 ms a cell?",
                .because = "Ready all the time: it waits for nothing but its turn.",
                .truth = SCN_TRUTH_CELLS,
                .of = "old",
                .cells = "rrrrrrrrrr#|",
                .cell_ns = GT_MS(20),
        },
};

const struct scn_teaching scn_starvation_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Ask what `old` lacks. Nothing: it is ready. That is the difference between\n"
                 "waiting and starving, and the picture has a colour for it.\n"
                 "asyncio is FIFO, so this cannot happen in it; but a priority queue of jobs\n"
                 "in your own program can do it any day.\n",
};
