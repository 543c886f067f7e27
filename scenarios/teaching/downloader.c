/* downloader: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Three files of ten chunks, 100 ms each. How many are there at "
                       "250 ms?",
                .options =
                        {
                                {.text = "2",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "One file after the other. The three wait at the same "
                                            "time."},
                                {.text = "6"},
                                {.text = "7 or 8",
                                 .belief = SCN_PARALLEL,
                                 .because = "A chunk is there or not. Two rounds of three are "
                                            "over."},
                        },
                .right = 1,
                .because = "The three files wait at the same time: a round of three chunks "
                           "every 100 ms, and two rounds are over.",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of file 3, 50 ms a cell?",
                .because = "A sliver every 100 ms, when a chunk is there. The three "
                           "downloads do the same at the same times: they wait "
                           "together and run in turn.",
                .truth = SCN_TRUTH_CELLS,
                .of = "file 3",
                .cells = "#.#.#.#.#.#.",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_downloader_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A program as one would write it: files, chunks, progress. Use it to repeat\n"
                 "chapter 2 and 3: what overlaps, who updates the number, why no lock is\n"
                 "needed.\n",
};
