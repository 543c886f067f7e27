/* scraper: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "100 pages of 50 to 150 ms each, ten at a time. When is the last "
                       "one there?",
                .options =
                        {
                                {.text = "at about 500 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "Only if each took 50."},
                                {.text = "at about 1000 ms"},
                                {.text = "at about 1500 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "Only if each took 150."},
                                {.text = "at about 10000 ms",
                                 .belief = SCN_ADDS_UP,
                                 .because = "One after the other."},
                        },
                .right = 1,
                .because = "Ten at a time, 100 on average: a hundred pages in about ten "
                           "rounds of 100 ms.",
        },
};

const struct scn_teaching scn_scraper_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A hundred lanes: show the zoom, the folding, and the level of the semaphore,\n"
                 "which never leaves zero until the end. Ask for an estimate of the end before\n"
                 "it runs; most can do it by now.\n",
};
