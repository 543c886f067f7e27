/* The ground of a walk: its bytes, its lines, its slots, and the bodies of its tasks. */
#include "tests/conformance/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct walk_world walk_world;

#define OP(name, waits) {walk_##name, waits},
const struct walk_op walk_ops[] = {
#include "tests/conformance/walk_ops.def"
};
#undef OP
const size_t walk_n_ops = sizeof walk_ops / sizeof walk_ops[0];

unsigned walk_take(void)
{
	return walk_world.tape < walk_world.end ? *walk_world.tape++ : 0;
}

void walk_say(const struct walker *walker, const char *format, ...)
{
	va_list args;
	printf("%d %s ", (int)(gt_now() / 1000000), walker ? walker->who : "loop");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

static void write_word(char *text, size_t bytes, int rc, const struct gt_error *error)
{
	size_t n = 0;
	if (rc == GT_ECANCELED || rc == GT_ESTOP || !rc) {
		snprintf(text, bytes, "%s", rc == GT_ECANCELED ? "cancelled" : rc ? "stop" : "ok");
	} else if (rc != GT_EGROUP || !error) {
		snprintf(text, bytes, "%s", error ? gt_error_name(error) : gt_strerror(rc));
	} else {
		n += (size_t)snprintf(text, bytes, "group(");
		for (size_t i = 0; i < gt_error_n_causes(error) && n + 40 < bytes; i++) {
			const struct gt_error *cause = gt_error_cause(error, i);
			write_word(text + n, bytes - n - 2, gt_error_code(cause), cause);
			n += strlen(text + n);
			text[n++] = i + 1 < gt_error_n_causes(error) ? ',' : ')';
		}
		text[n] = '\0';
	}
}

const char *walk_word(int rc, const struct gt_error *error)
{
	static char texts[8][512];
	static unsigned turn;
	char *text = texts[turn++ % 8];
	write_word(text, sizeof texts[0], rc, error);
	return text;
}

int walk_fate(const struct walker *walker, const char *what, int rc)
{
	walk_say(walker, "%s: %s", what, walk_word(rc, gt_error()));
	if (!rc || rc == GT_ESTOP)
		return 0;
	/* main and what it does not know by a slot go on more often, so that walks are long */
	return walk_take() % 4 < (walker->slot ? 3 : 1) ? rc : 0;
}

/* ---- Slots ---- */

unsigned walk_pick(void)
{
	return walk_take() % walk_world.n_slots;
}

unsigned walk_pick_later(const struct walker *walker)
{
	unsigned byte = walk_take(), n = walk_world.n_slots, first = walker->slot + 1;
	if (byte < 32 || first >= n)
		return byte % n;
	return first + byte % (n - first);
}

void walk_add(struct gt_task *task, struct gt_future *future)
{
	unsigned n = walk_world.n_slots++;
	walk_world.tasks[n] = task;
	walk_world.slots[n] = task ? gt_task_future(task) : future;
}

struct walk_thing *walk_new_thing(struct walk_things *things)
{
	if (things->n == WALK_OTHERS)
		return NULL;
	struct walk_thing *thing = &things->all[things->n];
	*thing = (struct walk_thing){.number = things->n++};
	return thing;
}

struct walk_thing *walk_pick_thing(struct walk_things *things)
{
	return things->n ? &things->all[walk_take() % things->n] : NULL;
}

/* ---- Walking ---- */

int walk(struct walker *walker, unsigned n)
{
	while (n-- && !walker->ended) {
		const struct walk_op *op = &walk_ops[walk_take() % walk_n_ops];
		if (op->waits && walker->is_callback)
			continue;
		int rc = op->run(walker);
		if (rc)
			return rc;
	}
	return 0;
}

int walk_end(struct walker *walker)
{
	walker->ended = true;
	return 0;
}

int walk_body(void *arg)
{
	struct walker walker = {.slot = (unsigned)(uintptr_t)arg};
	snprintf(walker.who, sizeof walker.who, "a%u", walker.slot);
	walk_say(&walker, "begin");
	for (unsigned n = walker.slot ? 0 : walk_take() % 5; n; n--)
		(void)walk_spawn(&walker);
	int rc = walk(&walker, UINT32_MAX);
	walk_say(&walker, "end %s", walk_word(rc, gt_error()));
	return rc ? rc : gt_return((intptr_t)(walk_take() % 10));
}

/* ---- The end ---- */

/* How a future or a task stands. */
static const char *state(struct gt_future *future)
{
	static char text[520];
	intptr_t value = 0;
	if (!gt_future_is_done(future))
		return "pending";
	if (gt_future_is_cancelled(future))
		return "cancelled";
	const struct gt_error *error = gt_future_error(future);
	if (error)
		return walk_word(gt_error_code(error), error);
	(void)gt_future_result(future, &value);
	snprintf(text, sizeof text, "%d", (int)value);
	return text;
}

void walk_say_slots(const char *when)
{
	for (unsigned i = 0; i < walk_world.n_slots; i++)
		printf("%s a%u %s\n", when, i, state(walk_world.slots[i]));
}

static void settle_all(void *arg)
{
	(void)arg;
	walk_say(NULL, "settles");
	for (unsigned i = 0; i < walk_world.n_slots; i++)
		if (!walk_world.tasks[i] && !gt_future_is_done(walk_world.slots[i]))
			gt_future_set(walk_world.slots[i], 7);
	for (unsigned i = 0; i < 2; i++)
		gt_event_set(walk_world.events[i]);
}

static void cancel_all(void *arg)
{
	(void)arg;
	walk_say(NULL, "cancels");
	for (unsigned i = 0; i < walk_world.n_slots; i++)
		gt_future_cancel(walk_world.slots[i]);
}

void walk_begin(void)
{
	struct walk_world *w = &walk_world;
	walk_add(gt_self(), NULL);
	gt_call_later(GT_MS(40), settle_all, NULL, "settle");
	gt_call_later(GT_MS(80), cancel_all, NULL, "cancel");
	w->locks[0] = gt_lock_create("lock0");
	w->locks[1] = gt_lock_create("lock1");
	w->sems[0] = gt_sem_create("sem0", 1);
	w->sems[1] = gt_sem_create("sem1", 2);
	w->sems[2] = gt_bsem_create("sem2", 1);
	w->events[0] = gt_event_create("event0");
	w->events[1] = gt_event_create("event1");
	w->conds[0] = gt_cond_create("cond0");
	w->conds[1] = gt_cond_create_on(w->locks[1], "cond1");
	w->barriers[0] = gt_barrier_create("barrier0", 2);
	w->barriers[1] = gt_barrier_create("barrier1", 3);
	w->queues[0] = gt_queue_create("queue0", 1);
	w->queues[1] = gt_queue_create("queue1", 0);
	w->queues[2] = gt_lifo_create("queue2", 2);
	w->queues[3] = gt_prio_create("queue3", 2);
}
