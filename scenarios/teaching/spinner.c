/* spinner: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The spinner yields with sleep(0) after each look. Do the others "
                       "starve?",
                .options =
                        {
                                {.text = "yes, it is always ready again",
                                 .belief = SCN_YIELD_STARVES,
                                 .because = "It is, at the end of the queue: behind all who were "
                                            "ready before."},
                                {.text = "no, they come in their turn"},
                        },
                .right = 1,
                .because = "Who says sleep(0) goes to the end of the queue. In each "
                           "iteration everybody who was ready has one step, the spinner too.",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of polite 1, 10 ms a cell?",
                .because = "It is ready at 0, and has its turn when the spinner has "
                           "made a step. The time that it sleeps for is over in the "
                           "middle of another step: so it comes late, and it comes.",
                .truth = SCN_TRUTH_CELLS,
                .of = "polite 1",
                .cells = "r#.....r#...",
                .cell_ns = GT_MS(10),
        },
};

const struct scn_teaching scn_spinner_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A loop that asks \"is it ready?\" and sleeps for 0. The others do not starve,\n"
                 "and that is why it survives code review. Look at the loop's lane: never\n"
                 "idle. On a laptop it is the fan.\n"
                 "The mend is an event.\n",
};
