/* iterator: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The consumer breaks at the third value. When does the loop end?",
                .options =
                        {
                                {.text = "at 300 ms"},
                                {.text = "at 500 ms, when the five values are made",
                                 .belief = SCN_LATER,
                                 .because = "Nobody makes a value that nobody asks for."},
                                {.text = "at 100 ms: the values are made side by side",
                                 .belief = SCN_STARTS_AT_ONCE,
                                 .because = "The next value is asked for when the one before is "
                                            "there."},
                        },
                .right = 0,
                .because = "Three values are asked for, one after the other. There is no "
                           "task that would make the others.",
                .truth = SCN_TRUTH_LOGGED,
                .of = "is behind the loop",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main, 50 ms a cell?",
                .because = "A step for each value, every 100 ms, and the break at the "
                           "third one. The two values that are left are never made.",
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#.#.#.#.#|",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_iterator_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "One lane, on purpose. Those who know generators of threads expect a producer\n"
                 "in the background. There is none: asking is doing.\n"
                 "It needs one minute, and `generator` needs the rest.\n",
};
