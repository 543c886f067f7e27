/* rate-client: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Five starts a second, each request open for 300 ms. How many "
                       "open at once?",
                .options =
                        {
                                {.text = "always 1",
                                 .belief = SCN_LIMIT_IS_RATE,
                                 .because = "A start every 200 ms, and each is open for 300: the "
                                            "next begins before the last ends."},
                                {.text = "1 or 2"},
                                {.text = "5",
                                 .belief = SCN_LIMIT_IS_RATE,
                                 .because = "Five a second is not five at once."},
                        },
                .right = 1,
                .because = "The rate says how often one starts; how many are open follows "
                           "from how long each takes: 300 by 200 is one and a half.",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of request 2, 100 ms a "
                       "cell?",
                .because = "It may start at 200, and is open for 300. Before its time "
                           "it is one that waits.",
                .truth = SCN_TRUTH_CELLS,
                .of = "request 2",
                .cells = "#.#..#|",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_rate_client_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Rate and concurrency are two numbers. Five starts a second, each open for\n"
                 "300: how many are open? One and a half on average, which is Little's law;\n"
                 "let the class find it for a call of 1900: nine and a half, so the log says 10\n"
                 "at most.\n",
};
