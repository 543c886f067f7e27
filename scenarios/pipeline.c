/* Three stages, joined by two short queues: download, decode, save.
 *
 * On the screen: the slowest stage works without a gap, and the queue before it is full. The stages before
 * it wait to put, the stage after it waits to get: everybody goes at the pace of the slowest.
 */
#include "scenarios/lesson.h"

#define NO_MORE (-1)

/* A stage takes from `in`, works, and puts into `out`; the first has no `in`, the last no `out`. */
struct stage {
	struct gt_queue *in, *out;
	intptr_t n_items; /* what the first stage makes */
	uint64_t work_ns;
};

static int next(const struct stage *stage, intptr_t *made, intptr_t *item)
{
	if (stage->in)
		return gt_queue_get(stage->in, item);
	*item = *made < stage->n_items ? (*made)++ : NO_MORE;
	return 0;
}

static int run(void *arg)
{
	const struct stage *stage = arg;
	intptr_t made = 0, item = 0;

	while (item != NO_MORE) {
		int code = next(stage, &made, &item);

		if (!code && item != NO_MORE) {
			code = gt_sleep(stage->work_ns);
			if (!code)
				gt_log("item %d", (int)item);
		}
		if (!code && stage->out)
			code = gt_queue_put(stage->out, item);
		if (code)
			return code;
	}
	return 0;
}

static int pipeline(void *arg)
{
	const struct scn_args *args = arg;
	static struct stage download, decode, save; /* outlive main */
	size_t capacity = (size_t)scn_get(args, "capacity");
	struct gt_queue *raw = gt_queue_create("downloaded", capacity);
	struct gt_queue *plain = gt_queue_create("decoded", capacity);

	download = (struct stage){NULL, raw, (intptr_t)scn_get(args, "items"),
	                          scn_get_ns(args, "download")};
	decode = (struct stage){raw, plain, 0, scn_get_ns(args, "decode")};
	save = (struct stage){plain, NULL, 0, scn_get_ns(args, "save")};
	if (!raw || !plain)
		return GT_ENOMEM;
	struct gt_task *tasks[] = {
	        gt_spawn(run, &download, "download"),
	        gt_spawn(run, &decode, "decode"),
	        gt_spawn(run, &save, "save"),
	};
	return lesson_gather(tasks, LESSON_COUNT(tasks));
}

static const struct scn_param params[] = {
        {"items", "items", 6, 0, 1000, "how many items go through"},
        {"capacity", "items", 2, 1, 1000, "how many each queue holds"},
        {"download", "ms", 50, 0, 60000, "how long the first stage takes for one"},
        {"decode", "ms", 150, 0, 60000, "how long the second takes"},
        {"save", "ms", 80, 0, 60000, "how long the third takes"},
};

const struct scenario scn_pipeline = {
        .name = "pipeline",
        .chapter = "4 Queues",
        .title = "three stages of 50, 150 and 80",
        .question = "Which stage would you make faster?",
        .text = "Look for the lane without a gap: decode. Before it the queue is full, and\n"
                "download waits to put although it has long finished its item; behind it the\n"
                "queue is empty, and save waits to get. That is how a bottleneck looks.\n"
                "\n"
                "Tempting: \"each of them, a bit.\" Making download or save faster changes\n"
                "only how long they wait. Every item comes out 150 after the one before, until\n"
                "decode is faster than the next slowest stage.\n"
                "\n"
                "Try --set decode=60: where is the bottleneck now? And --set capacity=100: does\n"
                "a longer queue help?\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_pipeline_teaching,
        .body = pipeline,
};
