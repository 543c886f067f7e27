/* barrier: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Runner 2 is at the barrier too. When do the two go on?",
                .options =
                        {
                                {.text = "now: they are two, at 200 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "The barrier is for three."},
                                {.text = "when runner 3 arrives, at 300 ms"},
                                {.text = "each when its own wait is over",
                                 .belief = SCN_SMART_LOOP,
                                 .because = "A barrier has one opening, for all of them."},
                        },
                .right = 1,
                .because = "A barrier for three opens for three. Who comes early pays for "
                           "who comes late.",
                .t_ns = GT_MS(200),
                .truth = SCN_TRUTH_LOGGED,
                .of = "goes on",
        },
        {
                .kind = SCN_ORDER,
                .ask = "The third arrives. In which order do the three go on?",
                .options =
                        {
                                {.text = "runner 1", .is = "was number 0"},
                                {.text = "runner 2", .is = "was number 1"},
                                {.text = "runner 3", .is = "was number 2"},
                        },
                .order = {2, 0, 1},
                .because = "The last one to arrive does not wait at all and goes straight "
                           "on. The two others become ready, in the order in which they "
                           "came.",
                .t_ns = GT_MS(300),
                .truth = SCN_TRUTH_ORDER_LOG,
        },
};

const struct scn_teaching scn_barrier_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A minute is enough. Everybody waits for the last one; ask what happens if\n"
                 "one of the three never comes. Then say where it is used: phases of a\n"
                 "computation, starting a test at the same moment.\n",
};
