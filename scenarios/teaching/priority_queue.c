/* priority-queue: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_ORDER,
                .ask = "In which order are the four served?",
                .options =
                        {
                                {.text = "serves 1"},
                                {.text = "serves 5"},
                                {.text = "serves 6"},
                                {.text = "serves 7"},
                        },
                .order = {1, 0, 2, 3},
                .because = "5 was first and is not put aside. Of those who wait the smallest "
                           "number goes first, whenever it came.",
                .truth = SCN_TRUTH_ORDER_LOG,
        },
        {
                .ask = "5 is under work, 6 and 7 wait, and now 1 arrives. When is it "
                       "served?",
                .options =
                        {
                                {.text = "at 10 ms, order 5 is put aside",
                                 .belief = SCN_PREEMPTS,
                                 .because = "The queue orders what waits in it. 5 is not in it "
                                            "any more."},
                                {.text = "at 100 ms, after 5"},
                                {.text = "at 300 ms, after 7",
                                 .belief = SCN_TEXT_ORDER,
                                 .because = "In a plain queue. This one gives out the smallest "
                                            "number first."},
                        },
                .right = 1,
                .because = "A priority queue chooses who is next. It does not take away what "
                           "was given out.",
                .t_ns = GT_MS(10),
                .moment = "orders 1",
                .truth = SCN_TRUTH_LOGGED,
                .of = "serves 1",
        },
};

const struct scn_teaching scn_priority_queue_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "One minute. Not preemptive: what has been given out is not taken back. Ask\n"
                 "when the urgent order is served, run it, done.\n",
};
