/* rate-semaphore: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Semaphore(5), a sleep of 200 inside: a rate limit? How many in "
                       "one second?",
                .options =
                        {
                                {.text = "5: yes, it is 5 a second",
                                 .belief = SCN_LIMIT_IS_RATE,
                                 .because = "It says how many are inside at once. Who is out "
                                            "after 200 ms lets the next one in."},
                                {.text = "10: all there are"},
                                {.text = "1 every 200 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "All five permits are free at 0, and all five are "
                                            "taken at 0."},
                        },
                .right = 1,
                .because = "A semaphore counts who is inside, not how many come by. Each "
                           "permit is back after 200 ms: 25 could start in a second.",
                .truth = SCN_TRUTH_COUNT,
                .of = "start",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of request 6, 50 ms a cell?",
                .because = "It waits for a permit until 200, holds it for another 200, "
                           "and is done. The semaphore counts who is inside, not when "
                           "they came.",
                .truth = SCN_TRUTH_CELLS,
                .of = "request 6",
                .cells = "#...#...#|",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_rate_semaphore_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "This is printed in courses as a rate limiter: Semaphore(5) and a sleep. Let\n"
                 "the class vote, run it, and count the starts in the first second.\n"
                 "Do not show the token bucket at once. Let them say what a rate limiter would\n"
                 "have to remember, which a semaphore does not: time.\n",
};
