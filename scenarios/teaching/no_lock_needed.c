/* no-lock-needed: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "{tasks} tasks wake at {gap} ms and add one each, without a lock. "
                       "The counter?",
                .options =
                        {
                                {.text = "1",
                                 .belief = SCN_ALWAYS_RACES,
                                 .because = "Somebody would have to come between a read and its "
                                            "write, and there is no await between them."},
                                {.text = "10"},
                                {.text = "between 1 and {tasks}",
                                 .belief = SCN_CHANCE,
                                 .because = "A task is never interrupted between two awaits, so "
                                            "nothing is left to chance."},
                        },
                .right = 1,
                .because = "From one await to the next nobody else runs. Read and write "
                           "stand together, so they cannot be torn apart.",
                .truth = SCN_TRUTH_VAR,
                .any = true,
                .of = "counter",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of Task 9, 20 ms a cell?",
                .because = "All ten wake at 100 and take one step each. Reading and "
                           "writing are within that one step, so nobody comes between.",
                .truth = SCN_TRUTH_CELLS,
                .of = "Task 9",
                .cells = "#....#|",
                .cell_ns = GT_MS(20),
        },
};

const struct scn_teaching scn_no_lock_needed_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The counterweight to `race`. Ten tasks, no lock, and the right number. Ask\n"
                 "what is missing: an await between reading and writing.\n"
                 "The sentence to leave behind: between two awaits nobody else runs. Whoever\n"
                 "puts an await in there later breaks it without touching the counter, and no\n"
                 "test of one task will notice.\n",
};
