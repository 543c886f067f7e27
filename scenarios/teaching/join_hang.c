/* join-hang: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main, 50 ms a cell?",
                .because = "join waits for task_done and not for an empty queue. One "
                           "is missing, so this wait has no end.",
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#...",
                .cell_ns = GT_MS(50),
        },
        {
                .ask = "The consumer has taken the last item. When does main's join "
                       "return?",
                .options =
                        {
                                {.text = "now: the queue is empty",
                                 .belief = SCN_EMPTY_IS_DONE,
                                 .because = "join does not look whether it is empty. It counts "
                                            "task_done().",
                                 .is = "failed"},
                                {.text = "when the last item is done",
                                 .belief = SCN_MISCOUNT,
                                 .because = "One item before was never said to be done.",
                                 .is = "finished"},
                                {.text = "never", .is = "deadlock"},
                        },
                .right = 2,
                .because = "join waits until task_done() has been said as often as put. Once "
                           "it was forgotten, and nobody will say it later.",
                .t_ns = GT_MS(100),
                .moment = "skips item",
                .truth = SCN_TRUTH_STATUS,
        },
};

const struct scn_teaching scn_join_hang_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Everybody who uses join will meet this one. Let it hang, and ask what the\n"
                 "number beside the queue means: not how many are in it, but how many were not\n"
                 "dealt with.\n"
                 "The typical cause in the wild is an exception between get and task_done, or\n"
                 "a sentinel. Ask where task_done belongs: into a finally.\n",
};
