/* worker-pool: what the class is asked, and what the teacher wants to know. */
#include "scenarios/lesson.h"

static const struct scn_point points[] = {
        {
                .ask = "{workers} workers, {jobs} jobs of {work} ms. When is the last "
                       "one done?",
                .options =
                        {
                                {.text = "at 300 ms",
                                 .belief = SCN_MISCOUNT,
                                 .because = "A round is missing: what is left over needs one of "
                                            "its own."},
                                {.text = "at {jobs*work/workers} ms",
                                 .belief = SCN_DIVIDES,
                                 .because = "The work by the workers, as if a job could be cut."},
                                {.text = "at 400 ms"},
                        },
                .right = 2,
                .because = "{workers} at a time, round after round. A single job cannot be "
                           "split, so the last round takes as long as the others, full or "
                           "not.",
                .truth = SCN_TRUTH_MAKESPAN,
                .any = true,
        },
        {
                .ask = "Worker 1 has done jobs 0, 3 and 6. Who takes job 9?",
                .options =
                        {
                                {.text = "worker 1"},
                                {.text = "worker 3, it had its jobs last",
                                 .belief = SCN_SMART_LOOP,
                                 .because = "Nobody keeps the count. Worker 1 is first to come "
                                            "back to the queue."},
                                {.text = "all three",
                                 .belief = SCN_DIVIDES,
                                 .because = "A job is taken by one."},
                        },
                .right = 0,
                .because = "All three are free again at the same moment, and worker 1 comes "
                           "first to the queue, as in every round before.",
                .t_ns = GT_MS(300),
        },
        {
                .kind = SCN_PAINT,
                .ask = "What is to be seen in the lane of worker 3 from 300 ms, 50 "
                       "ms a cell?",
                .because = "It is done with its third job, and there is none for it: "
                           "it waits at the empty queue until it is cancelled at 400.",
                .t_ns = GT_MS(300),
                .truth = SCN_TRUTH_CELLS,
                .of = "worker 3",
                .cells = "#.#x",
                .cell_ns = GT_MS(50),
        },
};

const struct scn_teaching scn_worker_pool_teaching = {
        .points = points,
        .n_points = LESSON_COUNT(points),
        .notes = "The bread and butter of asyncio programs. Ask for the end first; 334 is the\n"
                 "answer of those who divide. Then ask who takes job 9.\n"
                 "The shape is worth memorising: a queue, some workers, a join.\n",
};
