/* race: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Two tasks add one three times each. What is the counter at the "
                       "end?",
                .options =
                        {
                                {.text = "6",
                                 .belief = SCN_ATOMIC,
                                 .because = "Then nobody could come between a read and its write. "
                                            "An await of 100 ms is between them."},
                                {.text = "3"},
                                {.text = "something between, another one each time",
                                 .belief = SCN_CHANCE,
                                 .because = "The order is the same in every run, and so is the "
                                            "result."},
                        },
                .right = 1,
                .because = "Both read the same number, both write that number plus one: of "
                           "every two additions one is lost.",
                .truth = SCN_TRUTH_VAR,
                .of = "counter",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of Task 1, 50 ms a cell?",
                .because = "It waits between reading and writing, every time. While it "
                           "waits the other one does the same with the same old "
                           "number.",
                .truth = SCN_TRUTH_CELLS,
                .of = "Task 1",
                .cells = "#.#.#.#|",
                .cell_ns = GT_MS(50),
        },
        {
                .ask = "Task 0 writes 1 now. What will Task 1, which read 0 before, "
                       "write?",
                .options =
                        {
                                {.text = "1"},
                                {.text = "2",
                                 .belief = SCN_ATOMIC,
                                 .because = "It would have to look again. It has looked already, "
                                            "and adds to what it saw."},
                        },
                .right = 0,
                .because = "It adds one to what it read, not to what stands there now.",
                .t_ns = GT_MS(100),
                .moment = "writes 1",
        },
};

const struct scn_teaching scn_race_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Run it after a vote, and do not explain: show the variable under the lanes.\n"
                 "Two reads of the same number, two writes of the same number.\n"
                 "The point is not that two tasks are dangerous. It is the await between the\n"
                 "read and the write. Go on to `no-lock-needed` before the class concludes\n"
                 "that everything needs a lock.\n",
};
