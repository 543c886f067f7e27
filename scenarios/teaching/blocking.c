/* blocking: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of the report from 200 ms, 50 ms "
                       "a cell?",
                .because = "It waits until 250. Then it keeps the thread for 1000 ms, and "
                           "while it does nobody else can run.",
                .t_ns = GT_MS(200),
                .truth = SCN_TRUTH_CELLS,
                .of = "report",
                .cells = ".!!!!!!!!!!!!!!!!!!!!|",
                .cell_ns = GT_MS(50),
        },
        {
                .ask = "The report computes for {block} ms. Which tasks go on meanwhile?",
                .options =
                        {
                                {.text = "the others: the tickers",
                                 .belief = SCN_BLOCKING_IS_WAITING,
                                 .because = "They could if the report waited. It blocks: it keeps "
                                            "the thread."},
                                {.text = "none"},
                                {.text = "the ticker that is first in line",
                                 .belief = SCN_SMART_LOOP,
                                 .because = "The loop itself stands still. Nobody is there to "
                                            "call it."},
                        },
                .right = 1,
                .because = "There is one thread, and it is inside the report. A task that "
                           "does not wait cannot be interrupted: the loop itself stands "
                           "still.",
                .t_ns = GT_MS(250),
                .moment = "begins to compute",
                .truth = SCN_TRUTH_ALWAYS,
        },
};

const struct scn_teaching scn_blocking_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The picture to remember from the whole course. Let it run live, without a\n"
                 "word, and wait until somebody asks why everything stands still. The name of\n"
                 "the blocker is on the screen while it blocks.\n"
                 "Then the vote, although they have seen the start: which tasks go on? Then\n"
                 "`to-thread` on the same axis.\n"
                 "What to look for in their own code: time.sleep, requests, a big json.loads,\n"
                 "a regular expression, bcrypt.\n",
};
