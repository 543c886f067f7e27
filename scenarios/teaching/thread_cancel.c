/* thread-cancel: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of saver, 20 ms a cell?",
                .because = "The task is cancelled at 100, and ends. What its thread "
                           "does is in another lane.",
                .truth = SCN_TRUTH_CELLS,
                .of = "saver",
                .cells = "#....#x",
                .cell_ns = GT_MS(20),
        },
        {
                .ask = "main cancels the task that waits for the thread. What does the "
                       "thread do?",
                .options =
                        {
                                {.text = "it stops",
                                 .belief = SCN_THREAD_STOPS,
                                 .because = "There is no safe way to stop a thread from outside, "
                                            "so nobody tries."},
                                {.text = "it goes on, and saves the file"},
                                {.text = "it stops at its next sleep",
                                 .belief = SCN_THREAD_STOPS,
                                 .because = "A thread has no awaits in which something could be "
                                            "delivered."},
                        },
                .right = 1,
                .because = "Cancelling a task ends what the task does, and that is waiting. "
                           "There is no way to stop a thread from outside.",
                .t_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_thread_cancel_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The vote is quick and wrong. The task ends, the thread goes on and saves the\n"
                 "file. Ask what a program has to do that must not save: ask inside the\n"
                 "thread, now and then.\n",
};
