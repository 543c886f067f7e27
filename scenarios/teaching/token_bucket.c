/* token-bucket: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Ten requests, one token in the bucket, five more a second. The "
                       "last start?",
                .options =
                        {
                                {.text = "at 400 ms",
                                 .belief = SCN_LIMIT_IS_RATE,
                                 .because = "That was the semaphore. A bucket counts starts, not "
                                            "who is inside."},
                                {.text = "at 1800 ms"},
                                {.text = "at 2000 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "The first token is there already, so nine are waited "
                                            "for."},
                        },
                .right = 1,
                .because = "The first token is there, the other nine come one every 200 ms: "
                           "the tenth request starts at 9 times 200.",
                .truth = SCN_TRUTH_MAKESPAN,
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of request 3, 100 ms a "
                       "cell?",
                .because = "One token every 200 ms, and two requests are before it: "
                           "its time is 400.",
                .truth = SCN_TRUTH_CELLS,
                .of = "request 3",
                .cells = "#...#|",
                .cell_ns = GT_MS(100),
        },
        {
                .ask = "Request 2 starts now. When did it take its token?",
                .options =
                        {
                                {.text = "now",
                                 .belief = SCN_ATOMIC,
                                 .because = "Then requests 2 to 10 would all have seen the same "
                                            "token, and started together."},
                                {.text = "at 0 ms, before it existed"},
                        },
                .right = 1,
                .because = "It put its name on the next token at once, and then slept until "
                           "that was there. So request 3 could see that it must wait longer.",
                .t_ns = GT_MS(200),
        },
};

const struct scn_teaching scn_token_bucket_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Only after `rate-semaphore`. The bucket that is right takes its token before\n"
                 "it sleeps, so the next one sees it. Then run it with naive=1: the state is\n"
                 "read before an await and written after it, and the requests come in a crowd.\n"
                 "It is `race` again, in real code.\n",
};
