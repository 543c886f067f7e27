/* Everybody has a step in turn; one has long steps.
 *
 * On the screen: a greedy task that blocks for 100 ms at a time among polite ones with slivers of 10. FIFO gives each the same
 * number of steps, and a step is as long as its task likes: so most of the thread is the greedy one's.
 */
#include "scenarios/lesson.h"

struct story {
	const struct scn_args *args;
	uint64_t longest_ns; /* from being ready to running, of anybody polite */
};

/* Be ready at once, and run when it is one's turn. */
static int next_turn(struct story *story)
{
	uint64_t ready_ns = gt_now(), wait_ns;
	int code = gt_sleep(0);

	wait_ns = gt_now() - ready_ns;
	if (wait_ns > story->longest_ns)
		story->longest_ns = wait_ns;
	return code;
}

static int polite(void *arg)
{
	struct story *story = arg;
	int64_t n_steps = scn_get(story->args, "steps");
	int code = 0;

	for (int64_t i = 0; i < n_steps && !code; i++) {
		gt_block(scn_get_ns(story->args, "step"));
		if (i + 1 < n_steps)
			code = next_turn(story);
	}
	if (!code)
		gt_log("has made its %d steps", (int)n_steps);
	return code;
}

/* The same work in one piece, or in several with a chance for others between them. A piece is of whole milliseconds. */
static int greedy(void *arg)
{
	struct story *story = arg;
	int64_t n_steps = scn_get(story->args, "steps"), n_pieces = scn_get(story->args, "pieces");
	int64_t long_ms = scn_get(story->args, "long");
	int code = 0;

	for (int64_t i = 0; i < n_steps * n_pieces && !code; i++) {
		int64_t piece = i % n_pieces;
		int64_t ms = long_ms * (piece + 1) / n_pieces - long_ms * piece / n_pieces;

		gt_block(GT_MS((uint64_t)ms));
		if (i + 1 < n_steps * n_pieces)
			code = gt_sleep(0);
	}
	if (!code)
		gt_log("has made its %d steps", (int)n_steps);
	return code;
}

static int fairness(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	struct gt_task *tasks[20 + 1];
	size_t n_polite = (size_t)scn_get(args, "polite");
	int code;

	story = (struct story){args, 0};
	tasks[0] = gt_spawn(greedy, &story, "greedy");
	for (size_t i = 0; i < n_polite; i++)
		tasks[i + 1] = gt_spawn(polite, &story, "polite %zu", i + 1);
	code = lesson_gather(tasks, n_polite + 1);
	if (!code)
		gt_log("the longest that a polite one stood ready: %d ms",
		       (int)lesson_ms(story.longest_ns));
	return code;
}

static const struct scn_param params[] = {
        {"polite", "tasks", 3, 0, 20, "how many tasks have short steps"},
        {"steps", "steps", 4, 1, 100, "how many steps each has"},
        {"step", "ms", 10, 0, 5000, "how long a short step computes"},
        {"long", "ms", 100, 0, 5000, "how long a long step computes"},
        {"pieces", "pieces", 1, 1, 100, "in how many pieces the greedy one cuts a long step"},
};

static const char *const findings[] = {"blocked-loop", NULL};

const struct scenario scn_fairness = {
        .name = "fairness",
        .chapter = "8 The scheduler",
        .title = "long steps among short ones",
        .question = "Each has as many turns as the others. Is that fair?",
        .text = "Look at the greedy lane, 100 ms at a time in the colour of blocking, and at\n"
                "the polite ones below it: they stand ready for 100 ms to compute for 10.\n"
                "Every one of them pays for every long step.\n"
                "\n"
                "Tempting: \"FIFO is fair, everybody has a turn.\" It shares out turns, and a\n"
                "turn ends when its task says so. Fair in time would mean to interrupt: an\n"
                "operating system does that to threads, and an event loop cannot.\n"
                "\n"
                "Try --set pieces=10: the same work with a sleep(0) after each tenth of a\n"
                "step. The polite ones are done much earlier, and the greedy one hardly\n"
                "later. That is what `await asyncio.sleep(0)` in a long computation is for;\n"
                "or a thread.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_fairness_teaching,
        .findings = findings,
        .body = fairness,
};
