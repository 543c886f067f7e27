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
        {
                .kind = SCN_ORDER,
                .ask = "Each gather has ten tasks, one a file. In which order do these four "
                       "begin?",
                .options =
                        {
                                {.text = "read 1"},
                                {.text = "remove 1"},
                                {.text = "write 10"},
                                {.text = "read 10"},
                        },
                .order = {2, 0, 3, 1},
                .because = "A gather is over when its last task is: file 1 has long been written "
                           "when write 10 begins, and still nobody reads it.",
                .truth = SCN_TRUTH_DEFAULTS,
        },
};

const struct scn_teaching scn_files_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Files are never \"ready\", so the loop gives each operation to a thread. Look\n"
                 "at the worker lanes: four, whatever the number of tasks.\n"
                 "It is over in some milliseconds, and no two runs are the same; what is asked\n"
                 "holds for all of them. The run begins with the first question, behind the\n"
                 "curtain. Is the second answer a pity? Ask what would have to change for file\n"
                 "1 to be read while file 10 is being written: one task a file, not one a step.\n"
                 "The files stand in a temporary folder, and are removed at the end.\n",
};
