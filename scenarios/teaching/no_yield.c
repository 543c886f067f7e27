/* no-yield: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The hog awaits {awaits} times. Does every await let the other "
                       "task run?",
                .options =
                        {
                                {.text = "yes: it has its turn after the first of them",
                                 .belief = SCN_AWAIT_YIELDS,
                                 .because = "An await suspends only when what it waits for is not "
                                            "there yet. This one computes and returns."},
                                {.text = "no: it has its turn after the last of them"},
                                {.text = "it runs before the hog",
                                 .belief = SCN_CHANCE,
                                 .because = "The hog was created first and is first in the queue."},
                        },
                .right = 1,
                .because = "await runs the coroutine as a part of the task. It lets others "
                           "run when something inside really waits, and nothing inside does.",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of other, 25 ms a cell?",
                .because = "It is ready from the start. The hog awaits three times and "
                           "never suspends, so the loop never has a chance to take the "
                           "next one.",
                .truth = SCN_TRUTH_CELLS,
                .of = "other",
                .cells = "rrrrrr#|",
                .cell_ns = GT_MS(25),
        },
};

const struct scn_teaching scn_no_yield_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The rule \"every await lets others run\" is nearly true, and this is where it\n"
                 "breaks. Show the source first: the awaited coroutine has no await in it that\n"
                 "could wait.\n"
                 "It matters in practice when a cache is put in front of a slow call: suddenly\n"
                 "the await does not suspend any more, and somebody starves. Connect it to\n"
                 "`fairness` in chapter 8.\n",
};
