/* retry: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "The first try failed, the second too. When does the third begin?",
                .options =
                        {
                                {.text = "at 250 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "There is a gap before each new try."},
                                {.text = "at 300 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "The first gap was 50. It doubles with every failure."},
                                {.text = "at 350 ms"},
                        },
                .right = 2,
                .because = "The gap doubles: 50 after the first failure, 100 after the "
                           "second. 250 and 100 make 350.",
                .t_ns = GT_MS(250),
                .moment = "no answer to try 2",
                .truth = SCN_TRUTH_LOGGED,
                .of = "try 3",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main from 250 ms, 50 ms "
                       "a cell?",
                .because = "The gap of 100 ms, and then a try of 100. All of it is "
                           "waiting: main runs in slivers where one wait ends and the "
                           "next begins.",
                .t_ns = GT_MS(250),
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#.#.#|",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_retry_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Doubling gaps. Let the class compute the moment of the third try, then of a\n"
                 "sixth. Ask why the gaps double and do not just add up: a server that is\n"
                 "overloaded needs everybody to back off.\n"
                 "Beware of an off-by-one: many texts say base * 2**attempt and begin to count\n"
                 "at 1.\n",
};
