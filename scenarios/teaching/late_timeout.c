/* late-timeout: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "A limit of 100 ms; the blocker has just taken the thread for "
                       "500. Then?",
                .options =
                        {
                                {.text = "timed out at 100 ms",
                                 .belief = SCN_LIMIT_INTERRUPTS,
                                 .because = "The limit is a timer of the loop, and the loop is "
                                            "inside the blocker."},
                                {.text = "timed out at 520 ms"},
                                {.text = "no timeout at all",
                                 .belief = SCN_LIMIT_ABANDONS,
                                 .because = "It comes as soon as the loop can look at its timers.",
                                 .is = "never"},
                        },
                .right = 1,
                .because = "The timer is due at 100, and nobody can look: the loop is inside "
                           "the blocker. At 520 it looks, and the limit comes 420 late.",
                .t_ns = GT_MS(20),
                .moment = "blocks the loop",
                .truth = SCN_TRUTH_LOGGED,
                .of = "timed out",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of answer from 20 ms, 50 ms "
                       "a cell?",
                .because = "The limit is over at 100, but nobody can look at the clock "
                           "until the blocker lets go at 520.",
                .t_ns = GT_MS(20),
                .truth = SCN_TRUTH_CELLS,
                .of = "answer",
                .cells = "..........#x",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_late_timeout_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A limit of 100 that comes at 520, and nobody made a mistake in the limit.\n"
                 "Ask who is to blame; the picture names the blocker, in red, over everybody\n"
                 "else's lanes.\n"
                 "Use it when somebody says that the server's timeouts do not work under load.\n",
};
