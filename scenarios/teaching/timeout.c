/* timeout: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "A limit of 1000 ms. The first step took 400. How long may the "
                       "second take?",
                .options =
                        {
                                {.text = "1000 ms",
                                 .belief = SCN_LIMIT_RESTARTS,
                                 .because = "The limit stands around both steps, and does not "
                                            "begin anew."},
                                {.text = "600 ms"},
                        },
                .right = 1,
                .because = "The scope has one deadline, at 1000. It does not begin anew with "
                           "each await.",
                .t_ns = GT_MS(400),
                .moment = "first step is done",
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of main from 400 ms, 100 ms "
                       "a cell?",
                .because = "One limit over both steps: 400 of it are used, so the "
                           "second one is cut off 600 ms later.",
                .t_ns = GT_MS(400),
                .truth = SCN_TRUTH_CELLS,
                .of = "main",
                .cells = "#.....#|",
                .cell_ns = GT_MS(100),
        },
        {
                .ask = "The limit is over. What is raised where main waits?",
                .options =
                        {
                                {.text = "TimeoutError",
                                 .belief = SCN_LIMIT_INTERRUPTS,
                                 .because = "That comes on the way out of the scope, where the "
                                            "CancelledError is turned into it."},
                                {.text = "CancelledError"},
                                {.text = "nothing, the wait just ends",
                                 .belief = SCN_LIMIT_ABANDONS,
                                 .because = "Then the code in the scope could not tell that it "
                                            "was cut short."},
                        },
                .right = 1,
                .because = "The scope cancels its task once. On the way out it turns this "
                           "one CancelledError into a TimeoutError.",
                .t_ns = GT_MS(1000),
        },
};

const struct scn_teaching scn_timeout_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Point at the deadline, which is drawn before it comes. Ask how long the\n"
                 "second step may take; those who say 1000 think that each await has its own\n"
                 "limit.\n"
                 "The second question is for those who will write `except\n"
                 "asyncio.CancelledError` one day: inside the scope it is a cancellation,\n"
                 "outside a TimeoutError. Whoever catches the first one inside breaks the\n"
                 "limit.\n",
};
