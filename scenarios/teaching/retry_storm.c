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
};

const struct scn_teaching scn_retry_storm_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Each client is polite, and together they are a hammer. Look at the columns.\n"
                 "Then jitter=1: the same clients, the same gaps on average, and no column.\n"
                 "Ask who has to add the jitter: every client, and nobody can be made to.\n",
};
