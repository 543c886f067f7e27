/* retry-storm: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Five of twenty are served, fifteen wait 100 ms. What does the "
                       "server see?",
                .options =
                        {
                                {.text = "one try now and then",
                                 .belief = SCN_CHANCE,
                                 .because = "They were refused at one moment, and all wait for "
                                            "the same time."},
                                {.text = "fifteen tries at 100 ms, and nothing before"},
                                {.text = "five tries every 20 ms",
                                 .belief = SCN_SMART_LOOP,
                                 .because = "Nobody spreads them out. Jitter would."},
                        },
                .right = 1,
                .because = "Equal waits keep the crowd together: all come back at the same "
                           "moment, and again ten are refused.",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of client 20 from 150 ms, 100 ms a cell?",
                .because = "It waits 200 and tries at 300, with nine others; waits 400, and is one "
                           "of the last five at 700. Between the columns nobody tries.",
                .t_ns = GT_MS(150),
                .truth = SCN_TRUTH_CELLS,
                .of = "client 20",
                .cells = ".#...#|",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_retry_storm_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Each client is polite, and together they are a hammer. Look at the columns.\n"
                 "Then jitter=1: the same clients, 36 tries instead of 50, at most 3 of them in\n"
                 "10 ms instead of 15, and all is over at 97 instead of 700. Somebody will say\n"
                 "that the gaps are shorter now, half as long on average. So let them try\n"
                 "gap=50 without jitter: the columns are back, nearer to each other.\n"
                 "Ask who has to add the jitter: every client, and nobody can be made to.\n",
};
