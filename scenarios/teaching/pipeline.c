/* pipeline: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of download, 50 ms a cell?",
                .because = "Up to 250 it makes an item every 50 ms. Then the queue "
                           "behind it is full, and from now on it goes on only when "
                           "decode has taken one, every 150.",
                .truth = SCN_TRUTH_CELLS,
                .of = "download",
                .cells = "######.##.#..#",
                .cell_ns = GT_MS(50),
        },
        {
                .ask = "50, 150 and 80 ms: in the long run, how often is an item saved?",
                .options =
                        {
                                {.text = "every 50 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "The first stage could. It has to wait for the "
                                            "second."},
                                {.text = "every 80 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "The last stage could. It gets nothing to do that "
                                            "often."},
                                {.text = "every 150 ms"},
                                {.text = "every 280 ms",
                                 .belief = SCN_SUM_OF_STAGES,
                                 .because = "That is how long one item takes from end to end. The "
                                            "stages overlap."},
                        },
                .right = 2,
                .because = "The slowest stage sets the pace. Those before it wait for room, "
                           "those behind it wait for items.",
                .t_ns = GT_MS(280),
        },
};

const struct scn_teaching scn_pipeline_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Ask which stage to make faster, and give everybody one vote. Then let the\n"
                 "class try its own idea with --set. Only the middle one changes anything.\n"
                 "Show the wait upstream of it: the download stage is waiting most of the\n"
                 "time, and that is how one recognises a bottleneck from outside: everything\n"
                 "before it waits for room, everything behind it for work.\n",
};
