/* A coroutine is made and dropped, beside one that is awaited.
 *
 * On the screen: two calls stand in the text of main, and only one of them has a lane with something in it. The other
 * is a ghost: it was made, it never had a cell, and the recording says so when it is dropped.
 */
#include "scenarios/lesson.h"

struct story {
	uint64_t wait_ns;
	int n_sent;
};

static int send_mail(void *arg)
{
	struct story *story = arg;
	int code;

	gt_log("send begins");
	code = gt_sleep(story->wait_ns);
	if (code)
		return code;
	story->n_sent++;
	gt_log("send ends");
	return 0;
}

static int never_awaited(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	struct gt_coro *forgotten, *awaited;
	int code;

	story = (struct story){scn_get_ns(args, "wait"), 0};
	forgotten = gt_coro(send_mail, &story, "forgotten");
	awaited = gt_coro(send_mail, &story, "awaited");
	if (!forgotten || !awaited)
		return GT_ENOMEM;
	gt_log("has called send twice");
	code = gt_coro_await(awaited);
	if (code)
		return code;
	gt_log("has awaited one of them");
	gt_coro_drop(forgotten);
	code = gt_sleep(scn_get_ns(args, "after"));
	if (!code)
		gt_log("%d of 2 mails were sent", story.n_sent);
	return code;
}

static const struct scn_param params[] = {
        {"wait", "ms", 100, 0, 60000, "how long sending takes"},
        {"after", "ms", 200, 0, 60000, "how long main goes on after that"},
};

static const char *const findings[] = {"never-awaited", NULL};

const struct scenario scn_never_awaited = {
        .name = "never-awaited",
        .chapter = "1 The loop",
        .title = "a coroutine that is made, and never awaited",
        .question = "send() is called twice. How many mails are sent?",
        .text = "Look for the ghost: `forgotten` has a name and not one cell. The other call\n"
                "is a part of main, because main awaits it; its wait is a wait of main.\n"
                "\n"
                "Tempting: \"the first mail is sent later, when there is time.\" Calling an\n"
                "async function runs none of its lines. It writes the call down, and that is\n"
                "all. Only an await, or a task, turns it into something that runs; and what\n"
                "nobody keeps is thrown away. Python says `coroutine 'send' was never\n"
                "awaited`, on a line that is easily overlooked, and the program goes on.\n"
                "\n"
                "Try --set after=0, and give the ghost all the time in the world: --set\n"
                "after=60000. It makes no difference.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_never_awaited_teaching,
        .findings = findings,
        .body = never_awaited,
};
