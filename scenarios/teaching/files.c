/* files: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Ten tasks write a file each. How many files are being written at "
                       "a time?",
                .options =
                        {
                                {.text = "one",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "The loop hands each write to a thread of the pool, "
                                            "and there are several."},
                                {.text = "four"},
                                {.text = "ten",
                                 .belief = SCN_ENDLESS_POOL,
                                 .because = "The pool has four threads. The other six writes are "
                                            "in line."},
                        },
                .right = 1,
                .because = "Files have no readiness to wait for, so each write occupies a "
                           "thread of the pool, and the pool has four.",
        },
};

const struct scn_teaching scn_files_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Files are never \"ready\", so the loop gives each operation to a thread. Look\n"
                 "at the worker lanes: four, whatever the number of tasks. The files stand in\n"
                 "a temporary folder, and are removed at the end.\n",
};
