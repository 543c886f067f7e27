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
        {
                .ask = "One page is loaded at 68; the slowest of ten takes 150. When does 11 "
                       "begin?",
                .options =
                        {
                                {.text = "now"},
                                {.text = "at 150 ms, with the next ten",
                                 .belief = SCN_SUM_OF_STAGES,
                                 .because = "Nobody takes ten, waits for all, and takes the next "
                                            "ten. Nine go on loading meanwhile."},
                                {.text = "when somebody looks for a free permit",
                                 .belief = SCN_CHANCE,
                                 .because = "Nobody has to look: the release hands the permit to "
                                            "the first in line."},
                        },
                .right = 0,
                .because = "There are no rounds. The permit goes to the first in line in the "
                           "instant in which it comes back.",
                .t_ns = GT_MS(68),
                .moment = "loaded in",
        },
        {
                .kind = SCN_PAINT,
                .ask = "Page 11 takes 76 ms. What is to be seen in its lane from 68 ms, 10 ms a "
                       "cell?",
                .because = "It has the permit at once, loads until 144, and is done.",
                .t_ns = GT_MS(68),
                .moment = "loaded in",
                .truth = SCN_TRUTH_CELLS,
                .of = "page 11",
                .cells = "#......#|",
                .cell_ns = GT_MS(10),
        },
};

const struct scn_teaching scn_scraper_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A hundred lanes: show how H puts those away that are done, and the level of\n"
                 "the semaphore, which stays at zero until the line is empty. Ask for an\n"
                 "estimate of the end before it runs; most can do it by now. 9676 ms of loading\n"
                 "by ten permits would be 968: ask where the other 80 are. At the end, when\n"
                 "fewer than ten are left.\n",
};
