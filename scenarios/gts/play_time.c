/* Operations that take time: sleeping, blocking, threads, callbacks. */
#include <stdlib.h>

#include "scenarios/gts/machine.h"

/* The work of a pool thread. Its argument is the time itself: the task may be gone before the work is. */
static int block_thread(void *ms)
{
	gt_block(GT_MS((uintptr_t)ms));
	return 0;
}

static void fire(void *arg)
{
	const struct gts_call *call = arg;
	gts_say(call->machine, "loop", "%s", call->word);
	gt_log("%s", call->word);
}

static struct gts_call *make_call(const struct gts_step *step)
{
	struct gts_machine *machine = step->actor->machine;
	struct gts_call *call = malloc(sizeof *call);
	if (!call)
		return NULL;
	*call = (struct gts_call){machine->calls, machine,
	                          step->node->words[step->node->n_words - 1].text};
	machine->calls = call;
	return call;
}

static int call_back(const struct gts_step *step)
{
	struct gts_call *call = make_call(step);
	if (!call)
		return GT_ENOMEM;
	if (step->node->op->id == GTS_OP_CALL_SOON)
		return gt_call_soon(fire, call, call->word);
	return gt_call_later(gts_ns(step, 0), fire, call, call->word) ? 0 : GT_ENOMEM;
}

int gts_play_time(struct gts_step *step)
{
	switch (step->node->op->id) {
	case GTS_OP_SLEEP:
		return gt_sleep(gts_ns(step, 0));
	case GTS_OP_THREAD:
		return gt_thread(block_thread, (void *)(uintptr_t)gts_arg(step, 0), "thread");
	case GTS_OP_CALL_SOON:
	case GTS_OP_CALL_LATER:
		return call_back(step);
	default:
		gt_block(gts_ns(step, 0));
		return 0;
	}
}
