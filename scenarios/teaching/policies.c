/* policies: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "310 ms of computing, under four policies. Which is done first?",
                .options =
                        {
                                {.text = "the one that serves short tasks first",
                                 .belief = SCN_SMART_LOOP,
                                 .because = "It serves them first. All of it still has to be "
                                            "computed."},
                                {.text = "priority, for it never wastes time",
                                 .belief = SCN_PREEMPTS,
                                 .because = "Neither do the others: the thread is busy from 0 to "
                                            "the end."},
                                {.text = "all at the same time"},
                        },
                .right = 2,
                .because = "The thread computes without a pause, whoever has it. A policy "
                           "decides who waits, not how long the whole takes.",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .ask = "The urgent task arrives at 50 ms, under FIFO. When is it served?",
                .options =
                        {
                                {.text = "at 50 ms",
                                 .belief = SCN_PREEMPTS,
                                 .because = "A step is under way then, and nothing interrupts a "
                                            "step."},
                                {.text = "as soon as that step is over",
                                 .belief = SCN_PREEMPTS,
                                 .because = "FIFO does not know what urgent means. It goes to the "
                                            "end of the line."},
                                {.text = "when all who were ready before have had a step"},
                        },
                .right = 2,
                .because = "In line, as everybody. Even under priority it would have to wait "
                           "for the end of the step that is under way.",
        },
        {
                .kind = SCN_ORDER,
                .ask = "Under FIFO: in which order are the six done?",
                .options =
                        {
                                {.text = "long 1"},
                                {.text = "long 2"},
                                {.text = "short 1"},
                                {.text = "short 2"},
                                {.text = "short 3"},
                                {.text = "urgent"},
                        },
                .order = {2, 3, 4, 0, 1, 5},
                .because = "Everybody has a step in turn, so those with two steps are done "
                           "before those with three. The urgent one came last, and is last.",
                .truth = SCN_TRUTH_ORDER_END,
        },
};

const struct scn_teaching scn_policies_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Run all four, one after the other, and let the class watch the yellow only.\n"
                 "The sum of the blue never changes. The last line of the log has the numbers;\n"
                 "write them on the board as a small table.\n"
                 "Ask which policy they would want for a web server, and which for a printer.\n",
};
