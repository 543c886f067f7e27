/* benchmark: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "One after the other they took 1000 ms. How long do all fifty take "
                       "together?",
                .options =
                        {
                                {.text = "20 ms, as long as one of them"},
                                {.text = "1000 ms: there is one thread",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "The thread is not what they need: they wait, and "
                                            "all of them can at once."},
                                {.text = "somewhere between, as fifty share the loop",
                                 .belief = SCN_DIVIDES,
                                 .because = "They share the loop for microseconds each; the 20 ms "
                                            "are spent on nothing."},
                        },
                .right = 0,
                .because = "Fifty waits begin within the same instant, and end within another "
                           "one, 20 ms later.",
                .t_ns = GT_MS(1000),
                .moment = "one after the other",
        },
        {
                .ask = "Fifty requests of 20 ms on four threads. How long do they take?",
                .options =
                        {
                                {.text = "20 ms: threads run at the same time",
                                 .belief = SCN_PARALLEL,
                                 .because = "Four of them do. The others are in line for a "
                                            "thread."},
                                {.text = "250 ms",
                                 .belief = SCN_DIVIDES,
                                 .because = "Fifty by four is twelve and a half, and half a "
                                            "request cannot be made."},
                                {.text = "260 ms"},
                                {.text = "1000 ms",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "That is one after the other."},
                        },
                .right = 2,
                .because = "Four at a time: thirteen rounds of 20. A loop waits for all "
                           "fifty at once, because a waiting task needs no thread.",
                .t_ns = GT_MS(1020),
                .moment = "together",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of call 9 from 1020 ms, 20 ms a cell?",
                .because = "It is the first of the third round on four threads: two rounds of 20 "
                           "ms in line, one "
                           "on a thread, and the end. For the loop all of it is waiting.",
                .t_ns = GT_MS(1020),
                .moment = "together",
                .truth = SCN_TRUTH_CELLS,
                .of = "call 9",
                .cells = "#..#|",
                .cell_ns = GT_MS(20),
        },
};

const struct scn_teaching scn_benchmark_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A summary of the course on one screen: in a row, together, on threads. Let\n"
                 "the class predict all three numbers on paper before it runs; by now most get\n"
                 "the first two.\n"
                 "The third is the interesting one: thirteen rounds, the last of two calls. Then\n"
                 "ask for pool=50, and for ten thousand requests.\n",
};
