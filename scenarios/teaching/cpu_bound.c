/* cpu-bound: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "{tasks} tasks compute for {work} ms each, gathered. When are all "
                       "done?",
                .options =
                        {
                                {.text = "at {work} ms: gather makes it {tasks}x as fast",
                                 .belief = SCN_PARALLEL,
                                 .because = "They would have to compute at the same time, on one "
                                            "thread."},
                                {.text = "at {tasks*work/2} ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "There is no second thread that could take half of "
                                            "it."},
                                {.text = "at 1000 ms"},
                        },
                .right = 2,
                .because = "Tasks overlap their waits, and here nobody waits. One thread "
                           "computes one thing after the other, in whatever order.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .kind = SCN_ORDER,
                .ask = "In which order do the four end?",
                .options =
                        {
                                {.text = "Task 1"},
                                {.text = "Task 3"},
                                {.text = "Task 0"},
                                {.text = "Task 2"},
                        },
                .order = {2, 0, 3, 1},
                .because = "In the order of their creation: nobody waits, so each keeps the "
                           "thread until it is done.",
                .truth = SCN_TRUTH_ORDER_END,
        },
};

const struct scn_teaching scn_cpu_bound_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "gather does not make computing faster. This one is short, and it must be\n"
                 "seen: four blue bars in a row. Compare with `processes`.\n"
                 "If somebody asks about threads: `gil`.\n",
};
