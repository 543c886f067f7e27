/* hello: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Hello is printed. Is the task working while the {pause} ms pass?",
                .options =
                        {
                                {.text = "yes, it runs sleep",
                                 .belief = SCN_WAITING_WORKS,
                                 .because = "sleep gives the thread away: no line of main runs "
                                            "before the timer is due."},
                                {.text = "no: main waits, and the loop is idle"},
                                {.text = "now and then, to look at the clock",
                                 .belief = SCN_WAITING_WORKS,
                                 .because = "The system wakes the loop when the time has come; "
                                            "nobody has to look."},
                        },
                .right = 1,
                .because = "main has given the thread away and is not asked before its timer "
                           "is due. Waiting costs nothing.",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main, 100 ms a cell?",
                .because = "A sliver of running, a long wait, a sliver. The two slivers are "
                           "all the work there is.",
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#.........#|",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_hello_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Before it runs, ask what the program does between the two lines. Most say\n"
                 "that it sleeps, and mean that it is busy sleeping. Let it run once, hold it\n"
                 "in the middle of the grey, and ask who has the thread now: nobody has.\n"
                 "This is the first time that the class sees running and waiting side by side,\n"
                 "so name the colours aloud. The two slivers of blue are all the work there\n"
                 "is. If somebody asks why the wait is drawn so long and the work so short:\n"
                 "because it is so. The event axis shows the steps one by one.\n",
};
