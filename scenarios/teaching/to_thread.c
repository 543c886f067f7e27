/* to-thread: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The same call, now on a thread. When do all the tasks end?",
                .options =
                        {
                                {.text = "at 1000 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "That is when the tickers end. The report needs 1000 "
                                            "ms from 250 on."},
                                {.text = "at 1250 ms"},
                                {.text = "at 1950 ms",
                                 .belief = SCN_BLOCKING_IS_WAITING,
                                 .because = "That was the call on the loop, which held the "
                                            "tickers up."},
                        },
                .right = 1,
                .because = "The tickers tick on while the thread is busy and end at 1000; "
                           "the report ends when its thread does, 1000 ms after 250.",
                .t_ns = GT_MS(250),
                .moment = "begins to compute",
                .truth = SCN_TRUTH_MAKESPAN,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of report from 250 ms, 100 "
                       "ms a cell?",
                .because = "It hands its call to a thread and waits for 1000 ms. It "
                           "blocks nobody.",
                .t_ns = GT_MS(250),
                .truth = SCN_TRUTH_CELLS,
                .of = "report",
                .cells = "#.........#|",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_to_thread_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The mend, beside `blocking`. Point out that the report's own lane is grey\n"
                 "now: it waits for a thread, as it would for a socket. The work did not get\n"
                 "faster; the others did not notice it.\n"
                 "Ask what one must not do from that thread: touch the loop's objects.\n",
};
