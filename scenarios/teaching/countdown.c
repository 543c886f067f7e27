/* countdown: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Countdowns of {tea} and {egg} ms, started together. When does "
                       "the last ring?",
                .options =
                        {
                                {.text = "at 5000 ms"},
                                {.text = "at {tea+egg} ms",
                                 .belief = SCN_ADDS_UP,
                                 .because = "Only if one began when the other is over."},
                                {.text = "a little later than the longer one, for they share the "
                                         "loop",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "Each uses the thread for a line a second, and nobody "
                                            "notices."},
                        },
                .right = 0,
                .because = "Each waits for its own timers, and waiting takes nothing away "
                           "from anybody.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of tea, 500 ms a cell?",
                .because = "It wakes every 1000 ms to say what is left, and has ended "
                           "when it has rung at 3000.",
                .truth = SCN_TRUTH_CELLS,
                .of = "tea",
                .cells = "#.#.#.#|",
                .cell_ns = GT_MS(500),
        },
};

const struct scn_teaching scn_countdown_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Two timers, one thread. Good for a first live demonstration outside of a\n"
                 "lecture: everybody can see what it does. Ask how often the thread is at work\n"
                 "in five seconds.\n",
};
