/* background: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "After {own} ms main begins to wait for the task of {background}. "
                       "Until when?",
                .options =
                        {
                                {.text = "until 1000 ms"},
                                {.text = "until {own+background} ms",
                                 .belief = SCN_STARTS_WHEN_AWAITED,
                                 .because = "The task would have to begin with the await. It has "
                                            "been under way since 0."},
                        },
                .right = 0,
                .because = "The task has been under way since 0 ms: what main did meanwhile "
                           "is not added to it. The longer of the two decides.",
                .t_ns = GT_MS(200),
                .moment = "waits for the task",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of background from 200 ms, "
                       "100 ms a cell?",
                .because = "It has been on its way since main waited for the first "
                           "time, and its 1000 ms do not care who awaits it.",
                .t_ns = GT_MS(200),
                .truth = SCN_TRUTH_CELLS,
                .of = "background",
                .cells = "........#|",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_background_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The useful case of a task: start it, do something else, come back for the\n"
                 "result. Ask until when main waits; those who say 1200 add the two.\n"
                 "Let the class change `own` until main does not have to wait at all, and then\n"
                 "beyond. The picture shows three cases with one line of code.\n",
};
