/* taskgroup: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "{tasks} tasks of {wait} ms; main is at the group's end. When "
                       "does it go on?",
                .options =
                        {
                                {.text = "at 0 ms: nobody awaits the tasks",
                                 .belief = SCN_NOBODY_WAITS,
                                 .because = "Leaving the `async with` is the await."},
                                {.text = "at 1000 ms"},
                                {.text = "at {tasks*wait} ms",
                                 .belief = SCN_ADDS_UP,
                                 .because = "They were started together, and wait together."},
                        },
                .right = 1,
                .because = "Leaving the group is an await of all its tasks. They wait at the "
                           "same time, so it takes as long as the longest.",
                .truth = SCN_TRUTH_LOGGED,
                .any = true,
                .of = "is behind the group",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main, 100 ms a cell?",
                .because = "main has one step to start three tasks, and waits at the "
                           "end of the block until the last of them is done.",
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#.........#|",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_taskgroup_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Look at the bracket, and ask where main waits: there is no await in sight.\n"
                 "The end of the block is the await.\n"
                 "This is the shape to recommend from now on. A task that is born in a group\n"
                 "cannot outlive it, so neither `fire-and-forget` nor `lost-error` can happen.\n",
};
