/* deadlock: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of A to B, 20 ms a cell?",
                .because = "It has its first lock at 0 and works until 100 with that "
                           "in its hand. Then it asks for the second one, and that "
                           "step is its last.",
                .truth = SCN_TRUTH_CELLS,
                .of = "A to B",
                .cells = "#....#",
                .cell_ns = GT_MS(20),
        },
        {
                .ask = "Each task holds one lock and now wants the other's. What "
                       "happens?",
                .options =
                        {
                                {.text = "one of them gets an error",
                                 .belief = SCN_RESCUE,
                                 .because = "From whom? Each of the two just waits, as it was "
                                            "told.",
                                 .is = "failed"},
                                {.text = "the loop gives one lock back",
                                 .belief = SCN_RESCUE,
                                 .because = "The loop does not know what a lock is for.",
                                 .is = "finished"},
                                {.text = "nothing, for ever", .is = "deadlock"},
                        },
                .right = 2,
                .because = "Each waits for the other, so neither will ever let go. Nobody is "
                           "there who could decide.",
                .t_ns = GT_MS(100),
                .moment = "wants its second lock",
                .truth = SCN_TRUTH_STATUS,
        },
};

const struct scn_teaching scn_deadlock_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Hold it at 100 and ask what happens next. Somebody will say that one of them\n"
                 "gets an error. Let it run: it ends, because nothing can ever happen, and the\n"
                 "picture names the circle.\n"
                 "In a program with a timer anywhere the loop would go on, and these two would\n"
                 "just never come back. That is the usual form: no message, and two customers\n"
                 "who wait. Then ordered=1.\n",
};
