/* nested-semaphore: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of page 0 from 0 ms, 50 ms a cell?",
                .because = "It loads for 100 ms, makes a task for the page that it has found, and "
                           "waits for that one, with its permit still in its hand.",
                .truth = SCN_TRUTH_CELLS,
                .of = "page 0",
                .cells = "#.#...",
                .cell_ns = GT_MS(50),
        },
        {
                .ask = "Three pages hold three permits; the third will find a fourth. And then?",
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
                .t_ns = GT_MS(250),
        },
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
                .t_ns = GT_MS(250),
        },
};

const struct scn_teaching scn_nested_semaphore_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "For a class that believes it has understood semaphores. The crawler is the\n"
                 "program that everybody writes as an exercise, and it works, until a site is\n"
                 "deep enough.\n"
                 "Hold it at 250 and let the class count: three permits, three pages that have\n"
                 "one, and every one of them is about to wait for the next.\n"
                 "Ask what more permits would change. They move the wall. The mend is to wait\n"
                 "for the children without a permit in hand (inside=0).\n",
};
