/* fairness: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "A long step of {long}, short ones of {step}, all in turn. Is "
                       "that fair?",
                .options =
                        {
                                {.text = "yes: the loop gives everybody the same time",
                                 .belief = SCN_SMART_LOOP,
                                 .because = "The loop gives turns. How long a turn is, the task "
                                            "decides."},
                                {.text = "in turns it is, and not in time"},
                                {.text = "no: the polite ones starve",
                                 .belief = SCN_YIELD_STARVES,
                                 .because = "They come in every round. They only pay for the long "
                                            "step each time."},
                        },
                .right = 1,
                .because = "Everybody has as many turns as the others, and who takes long "
                           "turns has most of the thread.",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .ask = "When is the last polite task done?",
                .options =
                        {
                                {.text = "at 120 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "That is the computing of the polite ones alone."},
                                {.text = "at 520 ms"},
                                {.text = "at 160 ms: short ones go first",
                                 .belief = SCN_PREEMPTS,
                                 .because = "FIFO does not look at how long a step will be."},
                        },
                .right = 1,
                .because = "Four rounds of 100 and three times 10. In the fourth the greedy "
                           "one is first, as in every round.",
        },
        {
                .kind = SCN_ORDER,
                .ask = "Everybody makes four steps. In which order do the four "
                       "tasks end?",
                .options =
                        {
                                {.text = "polite 1"},
                                {.text = "polite 2"},
                                {.text = "polite 3"},
                                {.text = "greedy"},
                        },
                .order = {3, 0, 1, 2},
                .because = "In every round each has one step, and greedy comes first "
                           "in the round. So it makes its fourth step before the "
                           "others make theirs: the one that costs the most time is "
                           "done first.",
                .truth = SCN_TRUTH_ORDER_END,
        },
};

const struct scn_teaching scn_fairness_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "FIFO shares out turns, and not time. The vote is a trap with two good\n"
                 "answers; let them argue.\n"
                 "Then pieces=10. The greedy task pays next to nothing for being polite. That\n"
                 "is what sleep(0) is for, and the reason why it should be rare: it is a\n"
                 "confession that something computes for too long on the loop.\n",
};
