/* What a walk does with tasks, futures, timers and callbacks. */
#include <stdio.h>
#include <string.h>

#include "tests/conformance/walk.h"

/* ---- Coming into being ---- */

int walk_spawn(struct walker *walker)
{
	unsigned n = walk_world.n_slots;
	if (n == WALK_SLOTS)
		return 0;
	walk_say(walker, "spawn a%u", n);
	walk_add(gt_spawn(walk_body, (void *)(uintptr_t)n, NULL), NULL);
	return 0;
}

/* What settles a future later; it was asked to do so when the future was made. */
static void settle(void *arg)
{
	unsigned slot = (unsigned)(uintptr_t)arg % WALK_SLOTS;
	unsigned kind = (unsigned)(uintptr_t)arg / WALK_SLOTS;
	struct gt_future *future = walk_world.slots[slot];
	bool done = gt_future_is_done(future);
	if (kind == 6)
		gt_future_cancel(future);
	else if (kind == 5)
		gt_future_fail(future, "Late", "");
	else
		gt_future_set(future, (intptr_t)kind);
	walk_say(NULL, "settles a%u %d", slot, done);
}

int walk_future(struct walker *walker)
{
	unsigned n = walk_world.n_slots, byte = walk_take(), kind = byte % 8;
	if (n == WALK_SLOTS)
		return 0;
	walk_say(walker, "future a%u", n);
	walk_add(NULL, gt_future_create("future"));
	if (kind)
		gt_call_later(GT_MS(byte / 8 % 8), settle,
		              (void *)(uintptr_t)(kind * WALK_SLOTS + n), "settle");
	return 0;
}

/* ---- Waiting ---- */

int walk_sleep(struct walker *walker)
{
	unsigned ms = walk_take() % 8;
	walk_say(walker, "sleep %u", ms);
	return walk_fate(walker, "slept", gt_sleep(GT_MS(ms)));
}

int walk_await_one(struct walker *walker)
{
	unsigned i = walk_pick_later(walker);
	intptr_t value = 0;
	walk_say(walker, "await a%u", i);
	int rc = walk_world.tasks[i] ? gt_await_value(walk_world.tasks[i], &value)
	                             : gt_future_await(walk_world.slots[i], &value);
	if (!rc)
		walk_say(walker, "got %d", (int)value);
	return walk_fate(walker, "awaited", rc);
}

/* Some to wait for; `all_tasks`: none of them is a bare future. */
struct some {
	unsigned n;
	bool all_tasks;
	struct gt_task *tasks[4];
	struct gt_future *futures[4];
	char text[40];
};

static struct some pick_some(const struct walker *walker)
{
	struct some some = {.n = walk_take() % 5, .all_tasks = true};
	size_t used = 0;
	if (some.n == 4)
		some.n = 2;
	for (unsigned i = 0; i < some.n; i++) {
		unsigned slot = walk_pick_later(walker);
		some.tasks[i] = walk_world.tasks[slot];
		some.futures[i] = walk_world.slots[slot];
		some.all_tasks = some.all_tasks && some.tasks[i];
		used += (size_t)snprintf(some.text + used, sizeof some.text - used, " a%u", slot);
	}
	return some;
}

static int gather_all(const struct walker *walker, const struct some *some)
{
	struct gt_outcome outcomes[4];
	int rc = some->all_tasks ? gt_gather_all(some->tasks, some->n, outcomes)
	                         : gt_future_gather_all(some->futures, some->n, outcomes);
	for (unsigned i = 0; !rc && i < some->n; i++)
		walk_say(walker, "outcome %s %d", walk_word(outcomes[i].code, outcomes[i].error),
		         (int)outcomes[i].value);
	return rc;
}

int walk_gather(struct walker *walker)
{
	struct some some = pick_some(walker);
	bool keeps = walk_take() % 2;
	intptr_t values[4];
	walk_say(walker, "gather%s%s", keeps ? " all" : "", some.text);
	if (keeps)
		return walk_fate(walker, "gathered", gather_all(walker, &some));
	int rc = some.all_tasks ? gt_gather(some.tasks, some.n, values)
	                        : gt_future_gather(some.futures, some.n, values);
	for (unsigned i = 0; !rc && i < some.n; i++)
		walk_say(walker, "value %d", (int)values[i]);
	return walk_fate(walker, "gathered", rc);
}

/* A limit of time; some are none. */
static uint64_t some_time(void)
{
	unsigned byte = walk_take();
	return byte % 4 == 3 ? GT_FOREVER : GT_MS(byte / 4 % 8);
}

int walk_wait_some(struct walker *walker)
{
	struct some some = pick_some(walker);
	enum gt_when when = (enum gt_when)(walk_take() % 3);
	uint64_t ns = some_time();
	unsigned n_done = 0;
	walk_say(walker, "wait%s %d %d", some.text, when,
	         ns == GT_FOREVER ? -1 : (int)(ns / GT_MS(1)));
	int rc = some.all_tasks ? gt_wait(some.tasks, some.n, when, ns)
	                        : gt_future_wait(some.futures, some.n, when, ns);
	for (unsigned i = 0; i < some.n; i++)
		n_done += gt_future_is_done(some.futures[i]);
	walk_say(walker, "%u done", n_done);
	return walk_fate(walker, "waited", rc);
}

int walk_wait_for(struct walker *walker)
{
	unsigned i = walk_pick_later(walker);
	uint64_t ns = some_time();
	intptr_t value = 0;
	walk_say(walker, "wait_for a%u %d", i, ns == GT_FOREVER ? -1 : (int)(ns / GT_MS(1)));
	int rc = walk_world.tasks[i] ? gt_wait_for(walk_world.tasks[i], ns, &value)
	                             : gt_future_wait_for(walk_world.slots[i], ns, &value);
	if (!rc)
		walk_say(walker, "got %d", (int)value);
	return walk_fate(walker, "waited", rc);
}

int walk_shield(struct walker *walker)
{
	unsigned i = walk_pick_later(walker);
	intptr_t value = 0;
	walk_say(walker, "shield a%u", i);
	int rc = walk_world.tasks[i] ? gt_shield(walk_world.tasks[i], &value)
	                             : gt_future_shield(walk_world.slots[i], &value);
	if (!rc)
		walk_say(walker, "got %d", (int)value);
	return walk_fate(walker, "shielded", rc);
}

static int next_of(struct gt_completion *completion, const struct some *some, intptr_t *value)
{
	struct gt_task *task = NULL;
	struct gt_future *future = NULL;
	int rc = some->all_tasks ? gt_as_completed_next(completion, &task)
	                         : gt_future_as_completed_next(completion, &future);
	if (rc)
		return rc;
	return task ? gt_result(task, value) : gt_future_result(future, value);
}

/* Takes some of them, perhaps not all. A wait that is cancelled is the last one, since in Python that turn of the loop is gone. */
int walk_as_completed(struct walker *walker)
{
	struct some some = pick_some(walker);
	unsigned n = walk_take() % 4;
	uint64_t ns = some_time();
	int rc = 0;
	walk_say(walker, "as_completed%s %u %d", some.text, n,
	         ns == GT_FOREVER ? -1 : (int)(ns / GT_MS(1)));
	struct gt_completion *completion =
	        some.all_tasks ? gt_as_completed_within(some.tasks, some.n, ns)
	                       : gt_future_as_completed(some.futures, some.n, ns);
	while (n-- && !rc) {
		intptr_t value = 0;
		rc = next_of(completion, &some, &value);
		if (rc == GT_EEMPTY) {
			walk_say(walker, "no more");
			rc = 0;
			break;
		}
		walk_say(walker, "next %s %d", walk_word(rc, gt_error()), (int)value);
		if (rc == GT_ECANCELED)
			break;
		rc = 0;
	}
	gt_as_completed_end(completion);
	return walk_fate(walker, "completed", rc);
}

/* ---- Asking and settling ---- */

int walk_cancel(struct walker *walker)
{
	unsigned i = walk_pick();
	bool taken = walk_world.tasks[i] ? gt_cancel(walk_world.tasks[i])
	                                 : gt_future_cancel(walk_world.slots[i]);
	walk_say(walker, "cancel a%u %d", i, taken);
	return 0;
}

int walk_uncancel(struct walker *walker)
{
	unsigned i = walk_pick();
	if (walk_world.tasks[i])
		walk_say(walker, "uncancel a%u %u", i, gt_uncancel(walk_world.tasks[i]));
	return 0;
}

int walk_fail(struct walker *walker)
{
	if (walker->is_callback)
		return 0;
	walk_say(walker, "fail");
	return gt_raise("Boom", "of %s", walker->who);
}

int walk_set_future(struct walker *walker)
{
	unsigned i = walk_pick();
	int rc = gt_future_set(walk_world.slots[i], (intptr_t)(walk_take() % 10));
	walk_say(walker, "set a%u %s", i, rc ? "refused" : "ok");
	return 0;
}

int walk_fail_future(struct walker *walker)
{
	unsigned i = walk_pick();
	int rc = gt_future_fail(walk_world.slots[i], "Failed", "");
	walk_say(walker, "fail a%u %s", i, rc ? "refused" : "ok");
	return 0;
}

int walk_ask(struct walker *walker)
{
	unsigned i = walk_pick();
	const struct gt_future *future = walk_world.slots[i];
	const struct gt_task *task = walk_world.tasks[i];
	walk_say(walker, "ask a%u %d %d %u", i, gt_future_is_done(future),
	         gt_future_is_cancelled(future), task ? gt_cancelling(task) : 0);
	return 0;
}

int walk_result(struct walker *walker)
{
	unsigned i = walk_pick();
	intptr_t value = 0;
	int rc = gt_future_result(walk_world.slots[i], &value);
	const struct gt_error *error = rc == GT_ESTATE && !gt_future_is_done(walk_world.slots[i])
	                                       ? NULL
	                                       : gt_future_error(walk_world.slots[i]);
	walk_say(walker, "result a%u %s %d", i,
	         error || rc == GT_ECANCELED ? walk_word(rc, error)
	         : rc                        ? "unset"
	                                     : "ok",
	         (int)value);
	return 0;
}

static unsigned slot_of(const struct gt_task *task)
{
	unsigned i = 0;
	while (i < walk_world.n_slots && walk_world.tasks[i] != task)
		i++;
	return i;
}

int walk_all_tasks(struct walker *walker)
{
	struct gt_task *tasks[WALK_SLOTS * 2];
	size_t n = gt_tasks(tasks, WALK_SLOTS * 2);
	char text[512] = "";
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned slot = slot_of(tasks[i]);
		used += (size_t)snprintf(text + used, sizeof text - used,
		                         slot < walk_world.n_slots ? " a%u" : " other", slot);
	}
	walk_say(walker, "tasks%s", text);
	return 0;
}

/* ---- Callbacks ---- */

static void work(struct walker *walker)
{
	walker->is_callback = true;
	walker->slot = 0;
	walk_say(walker, "begin");
	(void)walk(walker, walk_take() % 4);
}

static void call(void *arg)
{
	struct walk_thing *timer = arg;
	struct walker walker = {.is_callback = true};
	snprintf(walker.who, sizeof walker.who, "c%u", timer->number);
	work(&walker);
	timer->is_over = true;
}

static int note_timer(const struct walker *walker, const char *what, struct walk_thing *thing)
{
	walk_say(walker, "%s c%u", what, thing->number);
	return 0;
}

int walk_call_soon(struct walker *walker)
{
	struct walk_thing *thing = walk_new_thing(&walk_world.timers);
	if (!thing)
		return 0;
	thing->timer = gt_call_soon_timer(call, thing, "soon");
	return note_timer(walker, "call_soon", thing);
}

int walk_call_later(struct walker *walker)
{
	struct walk_thing *thing = walk_new_thing(&walk_world.timers);
	if (!thing)
		return 0;
	thing->timer = gt_call_later(GT_MS(walk_take() % 8), call, thing, "later");
	return note_timer(walker, "call_later", thing);
}

int walk_call_at(struct walker *walker)
{
	struct walk_thing *thing = walk_new_thing(&walk_world.timers);
	if (!thing)
		return 0;
	thing->timer = gt_call_at(GT_MS(walk_take() % 32), call, thing, "at");
	return note_timer(walker, "call_at", thing);
}

int walk_cancel_timer(struct walker *walker)
{
	struct walk_thing *thing = walk_pick_thing(&walk_world.timers);
	if (!thing || thing->is_over)
		return 0;
	walk_say(walker, "cancel c%u", thing->number);
	char who[16];
	snprintf(who, sizeof who, "c%u", thing->number);
	gt_timer_cancel(thing->timer);
	thing->is_over = strcmp(who, walker->who) != 0; /* its own callback still runs */
	return 0;
}

/* One of four, each of which may stand on many futures, and more than once. */
static char marks[4];

static void done(unsigned mark, unsigned slot)
{
	struct walker walker = {.is_callback = true};
	snprintf(walker.who, sizeof walker.who, "d%u.a%u", mark, slot);
	work(&walker);
}

static void task_done(struct gt_task *task, void *arg)
{
	done((unsigned)((char *)arg - marks), slot_of(task));
}

static void future_done(struct gt_future *future, void *arg)
{
	unsigned i = 0;
	while (walk_world.slots[i] != future)
		i++;
	done((unsigned)((char *)arg - marks), i);
}

int walk_add_done(struct walker *walker)
{
	unsigned i = walk_pick(), mark = walk_take() % 4;
	if (walk_world.tasks[i])
		gt_add_done_callback(walk_world.tasks[i], task_done, &marks[mark], "done");
	else
		gt_future_add_done_callback(walk_world.slots[i], future_done, &marks[mark], "done");
	walk_say(walker, "add d%u a%u", mark, i);
	return 0;
}

int walk_remove_done(struct walker *walker)
{
	unsigned i = walk_pick(), mark = walk_take() % 4;
	size_t n = walk_world.tasks[i]
	                   ? gt_remove_done_callback(walk_world.tasks[i], task_done, &marks[mark])
	                   : gt_future_remove_done_callback(walk_world.slots[i], future_done,
	                                                    &marks[mark]);
	walk_say(walker, "remove d%u a%u %zu", mark, i, n);
	return 0;
}
