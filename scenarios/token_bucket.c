/* Ten requests, five a second: each takes a token from a bucket that fills with time.
 *
 * On the screen: a staircase, one start every 200. With naive=1 the stairs fall down: all but the first start
 * together.
 */
#include "scenarios/lesson.h"

#define TOKEN                                                                                      \
	1000 /* the bucket counts thousandths of a token, so that time in ms needs no fractions */

struct bucket {
	int64_t tokens; /* below zero: taken in advance */
	int64_t capacity;
	int64_t rate; /* tokens a second, which is thousandths a millisecond */
	int64_t filled_ms;
};

struct story {
	struct bucket bucket;
	bool is_naive;
	int n_started;
};

static void fill(struct bucket *bucket)
{
	int64_t now_ms = (int64_t)lesson_ms(gt_now());
	int64_t tokens = bucket->tokens + (now_ms - bucket->filled_ms) * bucket->rate;

	bucket->tokens = tokens < bucket->capacity ? tokens : bucket->capacity;
	bucket->filled_ms = now_ms;
}

static int sleep_until_filled(const struct bucket *bucket, int64_t missing)
{
	int64_t ms = (missing + bucket->rate - 1) / bucket->rate;

	return gt_sleep(GT_MS(ms));
}

/* Take the token first, then wait until it is there. */
static int take(struct bucket *bucket)
{
	fill(bucket);
	bucket->tokens -= TOKEN;
	return bucket->tokens < 0 ? sleep_until_filled(bucket, -bucket->tokens) : 0;
}

/* Look, wait, and only then write down that a token is gone. */
static int take_naively(struct bucket *bucket)
{
	int code;

	fill(bucket);
	if (bucket->tokens >= TOKEN) {
		bucket->tokens -= TOKEN;
		return 0;
	}
	code = sleep_until_filled(bucket, TOKEN - bucket->tokens);
	bucket->tokens = 0; /* too late: everybody else has looked in the meantime */
	return code;
}

static int request(void *arg)
{
	struct story *story = arg;
	int code = story->is_naive ? take_naively(&story->bucket) : take(&story->bucket);

	if (!code)
		gt_log("start %d", ++story->n_started);
	return code;
}

static int token_bucket(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_requests = (size_t)scn_get(args, "requests");
	int64_t capacity = scn_get(args, "burst") * TOKEN;
	struct gt_task *tasks[LESSON_TASKS_MAX];
	int code;

	story = (struct story){
	        .bucket = {capacity, capacity, scn_get(args, "rate"), 0},
	        .is_naive = scn_get(args, "naive") != 0,
	};
	for (size_t i = 0; i < n_requests; i++)
		tasks[i] = gt_spawn(request, &story, "request %zu", i + 1);
	code = lesson_gather(tasks, n_requests);
	if (!code)
		gt_log("%d requests in %d ms", story.n_started, (int)lesson_ms(gt_now()));
	return code;
}

static const struct scn_param params[] = {
        {"requests", "requests", 10, 1, LESSON_TASKS_MAX, "how many requests there are"},
        {"rate", "a second", 5, 1, 1000, "how many may start in a second"},
        {"burst", "tokens", 1, 1, 1000, "how many tokens the bucket holds"},
        {"naive", "", 0, 0, 1, "1: look at the bucket, wait, and then take the token"},
};

const struct scenario scn_token_bucket = {
        .name = "token-bucket",
        .chapter = "3 Sharing",
        .title = "ten requests, five a second",
        .question = "Ten requests come at once. How do they become five a second?",
        .text = "Look at the staircase: a start every 200, whatever the requests do afterwards.\n"
                "Each takes its token at 0, on credit, and sleeps until it is earned.\n"
                "\n"
                "Tempting: \"wait until there is a token, then take it.\" Try --set naive=1:\n"
                "nine requests look into the empty bucket, all see the same next token, all\n"
                "sleep 200, and all start. It is the `race` again: read before the await,\n"
                "written after it.\n"
                "\n"
                "Try --set burst=5: a bucket that may fill up lets five through at once.\n",
        .pairs_with = "rate-semaphore",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_token_bucket_teaching,
        .body = token_bucket,
};
