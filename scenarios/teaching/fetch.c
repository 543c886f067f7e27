/* fetch: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Twenty requests, each answered after 20 ms. How long do both "
                       "ways take?",
                .options =
                        {
                                {.text = "400 ms in a row, 20 ms together"},
                                {.text = "400 ms each: it is one thread",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "One thread can wait for twenty sockets: the system "
                                            "tells it which one has something."},
                                {.text = "20 ms each: the loop overlaps them",
                                 .belief = SCN_ASYNC_OVERLAPS,
                                 .because = "In a row the second is sent when the first is "
                                            "answered."},
                        },
                .right = 0,
                .because = "In a row the waits add up; together they lie on top of each "
                           "other, and one thread serves them all.",
        },
};

const struct scn_teaching scn_fetch_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Real sockets, real time: the numbers differ from run to run, and the shape\n"
                 "does not. Server and clients are tasks of the same loop. Look at the read\n"
                 "and write waits by name.\n"
                 "It needs no network, only the loopback of this machine. Without the real\n"
                 "clock it cannot run, and says so.\n",
};
