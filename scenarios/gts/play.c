/* Playing a program: blocks, the operations that have one, and what failures do to them.
 *
 * A failure is a negative code, and gt_error() of the task that plays says more. A try that handles one keeps it in the actor, because
 * the calls of its handler have failures of their own; the actor, unlike this stack, is still there when the loop gives a task up.
 */
#include "scenarios/gts/machine.h"

static int play_block(struct gts_actor *actor, const struct gts_node *first,
                      struct gt_group *group);

/* The error behind `code`; NULL for a cancellation, and for a code that brought none. */
static const struct gt_error *error_of(int code)
{
	const struct gt_error *error = gt_error();
	return code != GT_ECANCELED && gt_error_code(error) == code ? error : NULL;
}

/* ---- try ---- */

static bool matches(enum gts_except except, int code)
{
	switch (except) {
	case GTS_EXCEPT_CANCELLED:
		return code == GT_ECANCELED;
	case GTS_EXCEPT_TIMEOUT:
		return code == GT_ETIMEDOUT;
	case GTS_EXCEPT_ERROR:
		return code != GT_ECANCELED;
	case GTS_EXCEPT_ANY:
		return true;
	}
	return false;
}

static void begin_fault(struct gts_actor *actor, int code)
{
	actor->faults[actor->n_faults++] =
	        (struct gts_fault){code, gt_error_retain(error_of(code))};
}

/* Raise the innermost fault again. */
static int raise_fault(const struct gts_actor *actor)
{
	const struct gts_fault *fault = &actor->faults[actor->n_faults - 1];
	return fault->error ? gt_reraise(fault->error) : fault->code;
}

static void end_fault(struct gts_actor *actor)
{
	gt_error_release(actor->faults[--actor->n_faults].error);
	if (actor->n_hidden > actor->n_faults)
		actor->n_hidden = actor->n_faults;
}

/* Which faults sys.exc_info() sees in CPython: coro.send links the exception states of all coroutines of the task, from the
 * outermost on, but coro.throw goes straight to the innermost one; those around it come back one by one as they are returned to.
 * source: _gen_throw of Objects/genobject.c. */
static void note_resumption(struct gts_actor *actor)
{
	struct gt_resumed resumed = gt_resumed();
	if (resumed.n_times == actor->n_resumed)
		return;
	actor->n_resumed = resumed.n_times;
	actor->n_hidden = resumed.code ? actor->n_faults : 0;
}

static int reraise(const struct gts_actor *actor)
{
	if (actor->n_hidden == actor->n_faults)
		return gt_raise("TypeError", "exceptions must derive from BaseException");
	return raise_fault(actor);
}

static int play_handler(const struct gts_step *step, int code)
{
	begin_fault(step->actor, code);
	int rc = play_block(step->actor, step->node->handler, step->group);
	end_fault(step->actor);
	return rc;
}

/* A failure on its way through finally goes on behind it, unless finally has one of its own. */
static int play_finally(const struct gts_step *step, int code)
{
	if (code >= 0)
		return play_block(step->actor, step->node->finally_, step->group);
	begin_fault(step->actor, code);
	int rc = play_block(step->actor, step->node->finally_, step->group);
	if (rc == 0)
		rc = raise_fault(step->actor);
	end_fault(step->actor);
	return rc;
}

static int play_try(const struct gts_step *step)
{
	const struct gts_node *node = step->node;
	int rc = play_block(step->actor, node->inner, step->group);
	if (rc < 0 && node->has_handler && matches(node->except, rc))
		rc = play_handler(step, rc);
	return node->has_finally ? play_finally(step, rc) : rc;
}

/* ---- The other blocks ---- */

static int play_repeat(const struct gts_step *step)
{
	int64_t n = gts_number(step->actor->machine, &step->node->args[0].number);
	int rc = 0;
	for (int64_t i = 0; rc == 0 && i < n; i++)
		rc = play_block(step->actor, step->node->inner, step->group);
	return rc;
}

static int play_group(struct gts_step *step)
{
	gts_at(step);
	struct gt_group *group = gt_group_enter();
	if (!group)
		return GT_ENOMEM;
	int rc = play_block(step->actor, step->node->inner, group);
	gts_at(step);
	return gt_group_exit(group, rc);
}

static int play_timeout(struct gts_step *step)
{
	gts_at(step);
	struct gt_timeout *timeout = gt_timeout_enter(gts_ns(step, 0));
	if (!timeout)
		return GT_ENOMEM;
	int rc = play_block(step->actor, step->node->inner, step->group);
	gts_at(step);
	return gt_timeout_exit(timeout, rc);
}

/* Leaving gives back what was taken; failing at that hides what the block failed with, as __aexit__ does. */
static int play_with(struct gts_step *step)
{
	gts_at(step);
	int rc = gts_acquire(gts_thing(step));
	if (rc)
		return rc;
	rc = play_block(step->actor, step->node->inner, step->group);
	gts_at(step);
	int released = gts_release(gts_thing(step));
	return released ? released : rc;
}

/* ---- Operations ---- */

typedef int player(struct gts_step *step);

static player *const players[] = {
#define GTS_OP(id, word, args, has_block, player) player,
#include "scenarios/gts/ops.def"
#undef GTS_OP
};

static int play_between_lines(struct gts_step *step)
{
	struct gts_actor *actor = step->actor;
	const struct gts_text *result = &actor->machine->text;
	gts_say_begin(actor, step->node);
	gts_at(step);
	int rc = players[step->node->op->id](step);
	note_resumption(actor);
	if (rc < 0)
		gts_text_add_outcome(gts_result(step), rc, error_of(rc));
	gts_say_end(actor, step->node, step->has_result ? result->bytes : "ok");
	return rc;
}

static int play_log(struct gts_step *step)
{
	struct gts_text *text = gts_result(step);
	gts_text_add(text, "");
	gts_text_add_words(text, step->actor->machine, step->node, 1);
	gts_say(step->actor->machine, step->actor->name, "log %s", text->bytes);
	gts_at(step);
	gt_log("%s", text->bytes);
	return 0;
}

static int play_raise(const struct gts_step *step)
{
	gts_say_begin(step->actor, step->node);
	gts_at(step);
	return gt_raise(step->node->words[1].text, "%s", "");
}

static int play_step(struct gts_step *step)
{
	switch (step->node->op->id) {
	case GTS_OP_LOG:
		return play_log(step);
	case GTS_OP_RAISE:
		return play_raise(step);
	case GTS_OP_RETURN:
		step->actor->value = step->node->words[1].text;
		return GTS_RETURN;
	case GTS_OP_RERAISE:
		return reraise(step->actor);
	case GTS_OP_REPEAT:
		return play_repeat(step);
	case GTS_OP_TRY:
		return play_try(step);
	default:
		return play_between_lines(step);
	}
}

static int play_block(struct gts_actor *actor, const struct gts_node *first, struct gt_group *group)
{
	int rc = 0;
	for (const struct gts_node *node = first; node && rc == 0; node = node->next) {
		struct gts_step step = {actor, node, group, false};
		rc = play_step(&step);
	}
	return rc;
}

/* ---- Tasks ---- */

static int end_well(const struct gts_actor *actor)
{
	gts_say(actor->machine, actor->name, "end %s", actor->value ? actor->value : "None");
	return actor->value ? gt_return_text("%s", actor->value) : 0;
}

int gts_play(void *arg)
{
	struct gts_actor *actor = arg;
	struct gts_text *text = &actor->machine->text;
	gts_say(actor->machine, actor->name, "begin");
	int rc = play_block(actor, actor->body->first, NULL);
	if (rc >= 0)
		return end_well(actor);
	gts_text_clear(text);
	gts_text_add_outcome(text, rc, error_of(rc));
	gts_say(actor->machine, actor->name, "end %s", text->bytes);
	return rc;
}
