/* priority-inversion: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_ORDER,
                .ask = "Put what high and low do into its order.",
                .options =
                        {
                                {.text = "has the lock, after"},
                                {.text = "releases the lock"},
                                {.text = "wants the lock"},
                        },
                .order = {2, 1, 0},
                .because = "high can have the lock only when low has given it back, and low "
                           "needs the thread for that.",
                .truth = SCN_TRUTH_ORDER_LOG,
        },
        {
                .ask = "High waits for the lock; low, who holds it, has 30 ms of work "
                       "left. How long?",
                .options =
                        {
                                {.text = "30 ms",
                                 .belief = SCN_PREEMPTS,
                                 .because = "If low could run now. mid is ready too, and takes "
                                            "its turns."},
                                {.text = "some 230 ms"},
                                {.text = "not at all: it is the important one",
                                 .belief = SCN_PREEMPTS,
                                 .because = "The lock does not know who is important, and neither "
                                            "does low."},
                        },
                .right = 1,
                .because = "Low needs the thread to get on, and mid uses it: so high waits "
                           "for mid, which holds nothing that high wants.",
                .t_ns = GT_MS(50),
                .moment = "wants the lock",
        },
};

const struct scn_teaching scn_priority_inversion_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The classic of real-time systems, without priorities: it takes only a lock\n"
                 "and somebody who computes. Tell the story of the Mars Pathfinder if you know\n"
                 "it; the class should find mid as the culprit by itself.\n"
                 "Ask who holds what high wants, and who keeps that one from running.\n",
};
