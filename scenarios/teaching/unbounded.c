/* unbounded: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .kind = SCN_ORDER,
                .ask = "The producer needs 20 ms, the consumer 100. Put these "
                       "lines into their order.",
                .options =
                        {
                                {.text = "has used 1"},
                                {.text = "is done"},
                                {.text = "put 6"},
                                {.text = "put 1"},
                        },
                .order = {3, 0, 2, 1},
                .because = "Nobody holds the producer back: it has put five when the "
                           "first item has been used, and is done at 200, when most of "
                           "them are still to be used.",
                .truth = SCN_TRUTH_ORDER_LOG,
        },
        {
                .ask = "The producer needs 20 ms, the consumer 100. How deep does the "
                       "queue get?",
                .options =
                        {
                                {.text = "about 2",
                                 .belief = SCN_ALTERNATES,
                                 .because = "Five come for each that goes."},
                                {.text = "8, with ten items"},
                                {.text = "it has no limit, so without end",
                                 .belief = SCN_MISCOUNT,
                                 .because = "It grows as long as the producer goes on, and that "
                                            "makes ten."},
                        },
                .right = 1,
                .because = "In the 200 ms of the producer the consumer takes two, so eight "
                           "of ten are left waiting. With more items it would be more, in "
                           "proportion.",
                .t_ns = GT_MS(60),
                .truth = SCN_TRUTH_PEAK,
                .of = "items",
        },
};

const struct scn_teaching scn_unbounded_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The producer is done at 200 and proud of it. Ask what it has gained. The\n"
                 "queue holds eight items, and the last one is used when it would have been\n"
                 "used anyway.\n"
                 "Then imagine the producer never stops.\n",
};
