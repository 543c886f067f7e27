/* pool-full: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Five calls of 100 ms, two threads. When is the last one done?",
                .options =
                        {
                                {.text = "at 100 ms: threads run at the same time",
                                 .belief = SCN_ENDLESS_POOL,
                                 .because = "Two of them do. The other three calls are in line "
                                            "for a thread."},
                                {.text = "at 250 ms",
                                 .belief = SCN_DIVIDES,
                                 .because = "Five by two times 100, as if a call could be shared "
                                            "by two threads."},
                                {.text = "at 300 ms"},
                                {.text = "at 500 ms",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "One at a time. There are two threads."},
                        },
                .right = 2,
                .because = "Two at a time: rounds of 2, 2 and 1. What has no thread waits in "
                           "front of the pool.",
                .truth = SCN_TRUTH_MAKESPAN,
        },
};

const struct scn_teaching scn_pool_full_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "A pool is a queue with a few servers, and it is smaller than one thinks:\n"
                 "Python's default has a few more threads than the machine has cores, libuv's\n"
                 "has four. Ask for the end; then let the class find the pool size from which\n"
                 "on it takes 100.\n"
                 "Show the line in front of the pool. It does not appear in any log of a real\n"
                 "program.\n",
};
