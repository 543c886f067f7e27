/* What a walk does with limits of time, groups, coroutine objects and generators. */
#include <stdio.h>

#include "tests/conformance/walk.h"

/* ---- Limits ---- */

/* An end for a limit: none, a time of the clock (that may be past), or so much later. */
static uint64_t some_end(void)
{
	unsigned byte = walk_take();
	if (byte % 4 == 0)
		return GT_FOREVER;
	return byte % 4 == 1 ? GT_MS(byte / 4 % 32) : gt_now() + GT_MS(byte / 4 % 8);
}

static int in_ms(uint64_t t_ns)
{
	return t_ns == GT_FOREVER ? -1 : (int)(t_ns / GT_MS(1));
}

int walk_timeout(struct walker *walker)
{
	struct walk_thing *thing =
	        walker->depth < WALK_DEPTH ? walk_new_thing(&walk_world.timeouts) : NULL;
	if (!thing)
		return 0;
	uint64_t end = some_end();
	walk_say(walker, "timeout %u %d", thing->number, in_ms(end));
	thing->timeout = gt_timeout_enter_at(end);
	walker->depth++;
	int rc = walk(walker, walk_take() % 6);
	walker->depth--;
	walk_say(walker, "leaves %d %d", gt_timeout_is_expired(thing->timeout),
	         in_ms(gt_timeout_when(thing->timeout)));
	thing->is_over = true;
	rc = gt_timeout_exit(thing->timeout, rc);
	return walk_fate(walker, "left", rc);
}

int walk_reschedule(struct walker *walker)
{
	struct walk_thing *thing = walk_pick_thing(&walk_world.timeouts);
	if (!thing || thing->is_over)
		return 0;
	uint64_t end = some_end();
	int rc = gt_timeout_reschedule(thing->timeout, end);
	walk_say(walker, "reschedule %u %d %s", thing->number, in_ms(end), rc ? "refused" : "ok");
	return 0;
}

/* ---- Groups ---- */

static void spawn_into(const struct walker *walker, const struct walk_thing *thing)
{
	unsigned n = walk_world.n_slots;
	if (n == WALK_SLOTS)
		return;
	struct gt_task *task = gt_group_spawn(thing->group, walk_body, (void *)(uintptr_t)n, NULL);
	walk_say(walker, "spawn a%u into %u %s", n, thing->number, task ? "ok" : "refused");
	if (task)
		walk_add(gt_retain(task), NULL);
}

int walk_group(struct walker *walker)
{
	struct walk_thing *thing =
	        walker->depth < WALK_DEPTH ? walk_new_thing(&walk_world.groups) : NULL;
	if (!thing)
		return 0;
	walk_say(walker, "group %u", thing->number);
	thing->group = gt_group_enter();
	for (unsigned n = walk_take() % 3; n; n--)
		spawn_into(walker, thing);
	walker->depth++;
	int rc = walk(walker, walk_take() % 6);
	walker->depth--;
	walk_say(walker, "exits %s", walk_word(rc, gt_error()));
	rc = gt_group_exit(thing->group, rc);
	thing->is_over = true;
	return walk_fate(walker, "left", rc);
}

int walk_group_spawn(struct walker *walker)
{
	const struct walk_thing *thing = walk_pick_thing(&walk_world.groups);
	if (thing && !thing->is_over)
		spawn_into(walker, thing);
	return 0;
}

/* ---- Coroutine objects ---- */

static int coro_body(void *arg)
{
	const struct walk_thing *thing = arg;
	struct walker walker = {.slot = 0, .depth = WALK_DEPTH - 1};
	snprintf(walker.who, sizeof walker.who, "o%u", thing->number);
	walk_say(&walker, "begin");
	int rc = walk(&walker, UINT32_MAX);
	walk_say(&walker, "end %s", walk_word(rc, gt_error()));
	return rc ? rc : gt_return((intptr_t)(walk_take() % 10));
}

int walk_coro(struct walker *walker)
{
	struct walk_thing *thing = walk_new_thing(&walk_world.coros);
	if (!thing)
		return 0;
	thing->coro = gt_coro(coro_body, thing, "coro");
	walk_say(walker, "coro o%u", thing->number);
	return 0;
}

/* Take one that nobody has taken; NULL if the one that was picked is gone. */
static struct walk_thing *take_coro(const struct walker *walker, const char *what)
{
	struct walk_thing *thing = walk_pick_thing(&walk_world.coros);
	if (!thing || thing->is_over)
		return NULL;
	thing->is_over = true;
	walk_say(walker, "%s o%u", what, thing->number);
	return thing;
}

int walk_coro_await(struct walker *walker)
{
	if (walker->depth == WALK_DEPTH)
		return 0;
	const struct walk_thing *thing = take_coro(walker, "await");
	return thing ? walk_fate(walker, "awaited", gt_coro_await(thing->coro)) : 0;
}

int walk_coro_spawn(struct walker *walker)
{
	if (walk_world.n_slots == WALK_SLOTS)
		return 0;
	const struct walk_thing *thing = take_coro(walker, "spawn");
	if (thing)
		walk_add(gt_coro_spawn(thing->coro), NULL);
	return 0;
}

int walk_coro_drop(struct walker *walker)
{
	const struct walk_thing *thing = take_coro(walker, "drop");
	if (thing)
		gt_coro_drop(thing->coro);
	return 0;
}

/* ---- Generators ---- */

/* One step of a generator's body. Returns 1 at its end. */
static int step(struct gt_gen *gen, const struct walker *walker)
{
	unsigned byte = walk_take();
	intptr_t sent = 0;
	switch (byte % 8) {
	case 0:
		return 1;
	case 1:
		return gt_raise("Ended", "it");
	case 2:
		walk_say(walker, "sleep %u", byte / 8 % 8);
		return walk_fate(walker, "slept", gt_sleep(GT_MS(byte / 8 % 8)));
	default:
		walk_say(walker, "yields %u", byte / 8 % 8);
		int rc = gt_yield_sent(gen, (intptr_t)(byte / 8 % 8), &sent);
		walk_say(walker, "yielded %s %d", walk_word(rc, gt_error()), rc ? 0 : (int)sent);
		/* of a closing that was cancelled CPython throws in two things, if the first is survived */
		if (rc == GT_ECANCELED)
			return rc;
		return rc && walk_take() & 3 ? rc : 0;
	}
}

static int gen_body(struct gt_gen *gen, void *arg)
{
	struct walk_thing *thing = arg;
	struct walker walker = {.slot = 0};
	int rc = 0;
	snprintf(walker.who, sizeof walker.who, "g%u", thing->number);
	walk_say(&walker, "begin");
	while (!rc)
		rc = step(gen, &walker);
	walk_say(&walker, "end %s", rc > 0 ? "ok" : walk_word(rc, gt_error()));
	return rc > 0 ? 0 : rc;
}

int walk_gen(struct walker *walker)
{
	struct walk_thing *thing = walk_new_thing(&walk_world.gens);
	if (!thing)
		return 0;
	thing->gen = gt_gen_create(gen_body, thing, "gen");
	walk_say(walker, "gen g%u", thing->number);
	return 0;
}

static struct walk_thing *pick_gen(const struct walker *walker, const char *what)
{
	struct walk_thing *thing = walk_pick_thing(&walk_world.gens);
	if (!thing || thing->is_over)
		return NULL;
	walk_say(walker, "%s g%u", what, thing->number);
	thing->n_busy++;
	return thing;
}

static int gave(const struct walker *walker, struct walk_thing *thing, int rc, intptr_t value)
{
	thing->n_busy--;
	walk_say(walker, "gave %d", (int)value);
	return walk_fate(walker, "asked", rc);
}

int walk_gen_next(struct walker *walker)
{
	struct walk_thing *thing = pick_gen(walker, "next");
	intptr_t value = -1;
	if (!thing)
		return 0;
	int rc = gt_gen_next(thing->gen, &value);
	return gave(walker, thing, rc, value);
}

int walk_gen_send(struct walker *walker)
{
	struct walk_thing *thing = pick_gen(walker, "send");
	intptr_t value = -1;
	if (!thing)
		return 0;
	int rc = gt_gen_send(thing->gen, (intptr_t)(walk_take() % 10), &value);
	return gave(walker, thing, rc, value);
}

int walk_gen_throw(struct walker *walker)
{
	struct walk_thing *thing = pick_gen(walker, "throw");
	intptr_t value = -1;
	if (!thing)
		return 0;
	int rc = gt_gen_throw(thing->gen, gt_raise("Thrown", "in"), &value);
	return gave(walker, thing, rc, value);
}

int walk_gen_close(struct walker *walker)
{
	struct walk_thing *thing = pick_gen(walker, "close");
	if (!thing)
		return 0;
	thing->was_closed = true;
	int rc = gt_gen_close(thing->gen);
	return gave(walker, thing, rc, 0);
}

/* One that has refused to end is asked once more in CPython, there and then, where it may not wait. */
int walk_gen_release(struct walker *walker)
{
	struct walk_thing *thing = walk_pick_thing(&walk_world.gens);
	if (!thing || thing->is_over || thing->n_busy || thing->was_closed)
		return 0;
	thing->is_over = true;
	walk_say(walker, "release g%u", thing->number);
	(void)gt_gen_release(thing->gen);
	return 0;
}
