/* fetch: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "Twenty requests of 20 ms each. How long in a row, and how long together?",
                .options =
                        {
                                {.text = "a little over 400 ms in a row, over 20 together"},
                                {.text = "about 400 ms both ways: it is one thread",
                                 .belief = SCN_ONE_THREAD,
                                 .because = "One thread can wait for twenty sockets: the system "
                                            "tells it which one has something."},
                                {.text = "about 20 ms both ways: the loop overlaps them",
                                 .belief = SCN_ASYNC_OVERLAPS,
                                 .because = "In a row the second is sent when the first is "
                                            "answered."},
                        },
                .right = 0,
                .because = "In a row the waits add up; together they lie on top of each "
                           "other, and one thread serves them all.",
        },
        {
                .kind = SCN_ORDER,
                .ask = "One request of main, answered by the task `serve`. In which order?",
                .options =
                        {
                                {.text = "serve waits its 20 ms"},
                                {.text = "main waits to read"},
                                {.text = "main waits to be connected"},
                                {.text = "main asks again"},
                        },
                .order = {2, 1, 0, 3},
                .because = "Every wait gives the thread to the other side: main waits for the "
                           "connection, then for bytes; only then serve has its turn, reads and "
                           "waits itself.",
                .truth = SCN_TRUTH_DEFAULTS,
        },
};

const struct scn_teaching scn_fetch_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "Real sockets, real time: the numbers differ from run to run, and the shape\n"
                 "does not. So the questions are about the shape, and the run that they are\n"
                 "about begins with the first of them, behind the curtain: nobody can hold a\n"
                 "real clock. Server and clients are tasks of the same loop. Look at the waits\n"
                 "by name: accept, connect, read. There is none for write, since so few bytes\n"
                 "are gone at once; ask when there would be one.\n"
                 "It needs no network, only the loopback of this machine. Without the real\n"
                 "clock it cannot run, and says so.\n",
};
