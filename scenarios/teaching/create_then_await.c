/* create-then-await: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "`await create_task(work())`, {tasks} times {wait} ms. Is it "
                       "concurrent?",
                .options =
                        {
                                {.text = "yes, it uses tasks: over at {wait} ms",
                                 .belief = SCN_ASYNC_OVERLAPS,
                                 .because = "The second task is made when the first one is done: "
                                            "there are never two."},
                                {.text = "no: it is over at 1000 ms"},
                        },
                .right = 1,
                .because = "The second task is created when the await of the first is over. "
                           "Two tasks overlap only if both exist at the same time.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of Task 2, 100 ms a cell?",
                .because = "Until 500 there is no such task: it is created only when "
                           "the first `await` is over.",
                .truth = SCN_TRUTH_CELLS,
                .of = "Task 2",
                .cells = "     #....#|",
                .cell_ns = GT_MS(100),
        },
};

const struct scn_teaching scn_create_then_await_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The most common way to write slow async code, and it looks right: there are\n"
                 "tasks in it. Vote first. Then hold the picture at 250 ms and count the tasks\n"
                 "that exist: one.\n"
                 "The rule to leave behind: to overlap, both must exist at the same time.\n"
                 "Create all, then await all. `ganttop check` has a finding for this one.\n",
};
