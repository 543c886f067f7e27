/* fire-and-forget: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "main ends now, and the sender needs 400 ms more. Does it finish?",
                .options =
                        {
                                {.text = "yes, the loop waits for it",
                                 .belief = SCN_LOOP_WAITS,
                                 .because = "The loop is there for main, and ends with it.",
                                 .is = "result"},
                                {.text = "no, it is cancelled", .is = "cancelled"},
                                {.text = "yes, it goes on without a loop",
                                 .belief = SCN_LOOP_WAITS,
                                 .because = "A task is a thing of the loop. Without one nobody "
                                            "runs it.",
                                 .is = "never"},
                        },
                .right = 1,
                .because = "The loop ends when main ends, and cancels what is left. Who "
                           "wants an end has to wait for it.",
                .t_ns = GT_MS(100),
                .moment = "is done, and ends",
                .truth = SCN_TRUTH_OUTCOME,
                .of = "sender",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of sender from 100 ms, 20 "
                       "ms a cell?",
                .because = "main is done, and the loop cancels what is left. The "
                           "sender has one more step for that, and 400 ms of its work "
                           "are never done.",
                .t_ns = GT_MS(100),
                .truth = SCN_TRUTH_CELLS,
                .of = "sender",
                .cells = "#x",
                .cell_ns = GT_MS(20),
        },
};

const struct scn_teaching scn_fire_and_forget_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Everybody has written it: create_task, and off. Vote, run, and look at the\n"
                 "lane: it ends with a cancellation when main ends.\n"
                 "Two more dangers to mention, without showing them: nobody sees its error\n"
                 "(`lost-error`), and a task that nobody keeps may be collected in the middle\n"
                 "of its work. A group has none of the three.\n",
};
