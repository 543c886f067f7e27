/* nested-semaphore: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "And with more permits?",
                .options =
                        {
                                {.text = "then it cannot happen",
                                 .belief = SCN_RESCUE,
                                 .because = "It can: on a site that is one level deeper than "
                                            "there are permits."},
                                {.text = "it only needs a deeper site"},
                                {.text = "it happens sooner",
                                 .belief = SCN_MISCOUNT,
                                 .because = "It happens later: more levels find a permit before "
                                            "there is none."},
                        },
                .right = 1,
                .because = "More permits move the wall and leave it standing. Waiting for "
                           "children outside of the permit takes it away.",
                .truth = SCN_TRUTH_ALWAYS,
        },
        {
                .ask = "Three pages hold the three permits. The third has found a "
                       "fourth. What now?",
                .options =
                        {
                                {.text = "the fourth waits until one of the three is done",
                                 .belief = SCN_RESCUE,
                                 .because = "The three wait for their children, and the fourth is "
                                            "one of these."},
                                {.text = "nothing, for ever"},
                                {.text = "the fourth runs in the permit of its parent",
                                 .belief = SCN_SMART_LOOP,
                                 .because = "A permit is a number, not a family: the child asks "
                                            "for its own."},
                        },
                .right = 1,
                .because = "Each page keeps its permit while it waits for its children, so "
                           "those who could give one back wait for those who need one.",
                .t_ns = GT_MS(200),
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of page 0.0 from 200 ms, 25 "
                       "ms a cell?",
                .because = "It has loaded, and waits for its own child, with the "
                           "permit in its hand that a child would need.",
                .t_ns = GT_MS(200),
                .truth = SCN_TRUTH_CELLS,
                .of = "page 0.0",
                .cells = "#...",
                .cell_ns = GT_MS(25),
        },
};

const struct scn_teaching scn_nested_semaphore_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "For a class that believes it has understood semaphores. The crawler is the\n"
                 "program that everybody writes as an exercise, and it works, until a site is\n"
                 "deep enough.\n"
                 "Ask what more permits would change. They move the wall. The mend is to wait\n"
                 "for the children without a permit in hand (inside=0).\n",
};
