/* check-then-act: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Eight tasks ask for the same thing, and there is a cache. How "
                       "many calls?",
                .options =
                        {
                                {.text = "1: the first fills the cache for the others",
                                 .belief = SCN_ATOMIC,
                                 .because = "It fills it at 100 ms. All eight have looked at 0."},
                                {.text = "8"},
                                {.text = "2",
                                 .belief = SCN_MISCOUNT,
                                 .because = "One for the first, and none of the others has seen "
                                            "its answer."},
                        },
                .right = 1,
                .because = "The cache is filled when the first answer comes, at 100 ms. At 0 "
                           "ms all eight have looked, and found nothing.",
                .truth = SCN_TRUTH_COUNT,
                .of = "calls the backend",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of Task 7, 10 ms a cell?",
                .because = "It has its turn at 0 like the other seven, finds the cache "
                           "as empty as they did, and waits for a call of its own.",
                .truth = SCN_TRUTH_CELLS,
                .of = "Task 7",
                .cells = "#.........#|",
                .cell_ns = GT_MS(10),
        },
};

const struct scn_teaching scn_check_then_act_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The cache stampede. Vote first; nearly everybody says one call. Then look at\n"
                 "0: eight times \"misses the cache\".\n"
                 "Mend it with the class before showing share=1: what could be put into the\n"
                 "cache before the answer is there? The call itself.\n",
};
