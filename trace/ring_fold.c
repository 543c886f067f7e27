/* Folding: one walk over what goes finds the newest facts of everything; a second one over what stays marks what that names; and
 * what is kept marks in turn what it names, until nothing is new.
 */
#include "trace/ring_fold.h"

#include <stdlib.h>
#include <string.h>

#include "trace/array.h"
#include "trace/id_map.h"
#include "trace/names.h"

#define NO_SLOT UINT32_MAX

enum { FACT_TASK, FACT_NAME, FACT_READY, FACT_RUNNING, FACT_LAST, FACT_CANCEL, N_FACTS };

/* The newest facts of a task, as slots. */
struct task {
	uint32_t facts[N_FACTS];
	bool done, needed;
};

struct object {
	uint32_t slot, level;
	bool needed;
};

/* What is open until something closes it: a hold (object, task) or a scope (task, scope). */
struct open {
	uint32_t a, b, slot;
};

struct opens {
	struct open *all;
	size_t n, cap;
};

/* The newest record of each id. */
struct latest {
	struct trace_id_map by_id; /* index in `slots` */
	uint32_t *slots;
	size_t n, cap;
};

struct fold {
	const struct trace_cut *cut;
	uint8_t *kept;
	struct task *tasks;
	struct object *objects;
	size_t n_tasks, tasks_cap, n_objects, objects_cap;
	struct trace_id_map by_task, by_object, strings;
	struct latest workers, vars;
	struct opens holds, scopes;
	uint32_t tick, call; /* slots of the iteration and of the callback that are open */
	uint32_t *queue;     /* tasks whose facts are still to be marked */
	size_t n_queue, queue_cap;
	bool no_memory;
};

static const struct trace_record *at(const struct fold *f, uint32_t slot)
{
	return &f->cut->slots[slot];
}

bool trace_cut_stays(const struct trace_cut *cut, uint64_t slot)
{
	uint64_t block = slot - slot % TRACE_BLOCK_SLOTS;
	if (cut->slots[block].id == 1)
		return slot >= cut->slot;
	while (cut->slots[slot].kind == TRACE_CONT)
		slot--; /* it goes with its string */
	return cut->slots[slot].t_ns >= cut->t_ns;
}

static void put(struct fold *f, struct trace_id_map *map, uint32_t id, uint32_t value)
{
	if (trace_id_map_put(map, id, value))
		f->no_memory = true;
}

/* ---- What goes ---- */

static struct task *task_of(const struct fold *f, uint32_t id)
{
	uint32_t i = trace_id_map_get(&f->by_task, id);
	return i == TRACE_ID_UNKNOWN ? NULL : &f->tasks[i];
}

static struct object *object_of(const struct fold *f, uint32_t id)
{
	uint32_t i = trace_id_map_get(&f->by_object, id);
	return i == TRACE_ID_UNKNOWN ? NULL : &f->objects[i];
}

static void fold_task(struct fold *f, uint32_t slot)
{
	if (trace_array_reserve(&f->tasks, f->n_tasks, &f->tasks_cap, sizeof *f->tasks)) {
		f->no_memory = true;
		return;
	}
	struct task *task = &f->tasks[f->n_tasks];
	memset(task, 0xff, sizeof task->facts);
	task->done = task->needed = false;
	task->facts[FACT_TASK] = slot;
	put(f, &f->by_task, at(f, slot)->id, (uint32_t)f->n_tasks++);
}

static void fold_object(struct fold *f, uint32_t slot)
{
	if (trace_array_reserve(&f->objects, f->n_objects, &f->objects_cap, sizeof *f->objects)) {
		f->no_memory = true;
		return;
	}
	f->objects[f->n_objects] = (struct object){.slot = slot, .level = NO_SLOT};
	put(f, &f->by_object, at(f, slot)->id, (uint32_t)f->n_objects++);
}

static void fold_state(struct fold *f, uint32_t slot)
{
	const struct trace_record *r = at(f, slot);
	struct task *task = task_of(f, r->id);
	if (!task)
		return;
	if (r->sub == TRACE_STATE_READY) {
		task->facts[FACT_READY] = slot;
		task->facts[FACT_RUNNING] = task->facts[FACT_LAST] = NO_SLOT;
	} else if (r->sub == TRACE_STATE_RUNNING) {
		task->facts[FACT_RUNNING] = slot;
	} else {
		task->facts[FACT_LAST] = slot;
	}
	task->done = r->sub == TRACE_STATE_DONE;
	if (r->sub == TRACE_STATE_RUNNING)
		task->facts[FACT_CANCEL] = NO_SLOT;
}

static void open_one(struct fold *f, struct opens *opens, struct open one)
{
	if (trace_array_reserve(&opens->all, opens->n, &opens->cap, sizeof *opens->all))
		f->no_memory = true;
	else
		opens->all[opens->n++] = one;
}

/* Close the one that was opened last. */
static void close_one(struct opens *opens, uint32_t a, uint32_t b)
{
	size_t i = opens->n;
	while (i > 0 && (opens->all[i - 1].a != a || opens->all[i - 1].b != b))
		i--;
	if (i == 0)
		return;
	opens->n--;
	memmove(&opens->all[i - 1], &opens->all[i], (opens->n - (i - 1)) * sizeof *opens->all);
}

static void fold_open(struct fold *f, struct opens *opens, uint32_t slot, bool opened)
{
	const struct trace_record *r = at(f, slot);
	if (opened)
		open_one(f, opens, (struct open){r->id, r->a, slot});
	else
		close_one(opens, r->id, r->a);
}

static void fold_latest(struct fold *f, struct latest *latest, uint32_t id, uint32_t slot)
{
	uint32_t i = trace_id_map_get(&latest->by_id, id);
	if (i != TRACE_ID_UNKNOWN) {
		latest->slots[i] = slot;
		return;
	}
	if (trace_array_reserve(&latest->slots, latest->n, &latest->cap, sizeof *latest->slots)) {
		f->no_memory = true;
		return;
	}
	latest->slots[latest->n] = slot;
	put(f, &latest->by_id, id, (uint32_t)latest->n++);
}

/* An event, or a definition, that goes: what it says is now the newest. */
static void fold_record(struct fold *f, uint32_t slot)
{
	const struct trace_record *r = at(f, slot);
	struct task *task;
	struct object *object;
	switch (r->kind) {
	case TRACE_META:
	case TRACE_FILE:
		f->kept[slot] = 1;
		break;
	case TRACE_TASK:
		fold_task(f, slot);
		break;
	case TRACE_OBJECT:
		fold_object(f, slot);
		break;
	case TRACE_STATE:
		fold_state(f, slot);
		break;
	case TRACE_NAME:
	case TRACE_CANCEL:
		task = task_of(f, r->id);
		if (task)
			task->facts[r->kind == TRACE_NAME ? FACT_NAME : FACT_CANCEL] = slot;
		break;
	case TRACE_LEVEL:
		object = object_of(f, r->id);
		if (object)
			object->level = slot;
		break;
	case TRACE_HOLD:
		fold_open(f, &f->holds, slot, r->sub);
		break;
	case TRACE_SCOPE:
		fold_open(f, &f->scopes, slot, r->arg & 1);
		break;
	case TRACE_TICK:
		f->tick = r->sub == TRACE_PHASE_BEGIN ? slot : NO_SLOT;
		break;
	case TRACE_WORKER:
		fold_latest(f, &f->workers, r->id, slot);
		break;
	case TRACE_CALL:
		f->call = r->sub == TRACE_PHASE_BEGIN ? slot : NO_SLOT;
		break;
	case TRACE_VAR:
		fold_latest(f, &f->vars, r->a, slot);
		break;
	default:
		break;
	}
}

/* Call `visit` for each slot that is published and belongs to what stays, or to what goes. */
static void walk(struct fold *f, bool stays, void (*visit)(struct fold *, uint32_t))
{
	for (uint64_t block = 0; block < f->cut->n_blocks; block++) {
		uint64_t first = block * TRACE_BLOCK_SLOTS;
		for (uint64_t s = first + 1; s < first + TRACE_BLOCK_SLOTS; s++) {
			unsigned kind = f->cut->slots[s].kind;
			if (kind == TRACE_EMPTY || f->no_memory)
				break;
			if (kind != TRACE_PAD && kind != TRACE_CONT &&
			    trace_cut_stays(f->cut, s) == stays)
				visit(f, (uint32_t)s);
		}
	}
}

/* ---- What is named ---- */

static void need_task(struct fold *f, uint32_t id)
{
	uint32_t i = id ? trace_id_map_get(&f->by_task, id) : TRACE_ID_UNKNOWN;
	if (i == TRACE_ID_UNKNOWN || f->tasks[i].needed)
		return;
	f->tasks[i].needed = true;
	if (trace_array_reserve(&f->queue, f->n_queue, &f->queue_cap, sizeof *f->queue))
		f->no_memory = true;
	else
		f->queue[f->n_queue++] = i;
}

static void keep(struct fold *f, uint32_t slot);

static void need_object(struct fold *f, uint32_t id)
{
	struct object *object = id ? object_of(f, id) : NULL;
	if (!object || object->needed)
		return;
	object->needed = true;
	keep(f, object->slot);
	if (object->level != NO_SLOT)
		keep(f, object->level);
}

static void need_string(struct fold *f, uint32_t id)
{
	uint32_t slot = id ? trace_id_map_get(&f->strings, id) : TRACE_ID_UNKNOWN;
	if (slot == TRACE_ID_UNKNOWN || f->kept[slot])
		return;
	f->kept[slot] = 1;
	for (uint32_t s = slot + 1; s % TRACE_BLOCK_SLOTS && at(f, s)->kind == TRACE_CONT; s++)
		f->kept[s] = 1;
}

static void need_of_state(struct fold *f, const struct trace_record *r)
{
	need_task(f, r->id);
	if (r->sub == TRACE_STATE_WAITING) {
		if (trace_on_is_task(r->arg & ~TRACE_TIMED))
			need_task(f, r->a);
		else
			need_object(f, r->a);
	} else if (r->sub == TRACE_STATE_READY) {
		/* what it waited for: only the record before says whether that is a task or an object */
		need_task(f, r->a);
		need_object(f, r->a);
		need_task(f, r->b);
	}
}

static bool is_alive(const struct fold *f, uint32_t id)
{
	const struct task *task = id ? task_of(f, id) : NULL;
	return task && !task->done;
}

/* Mark what a record names. */
static void need_of(struct fold *f, uint32_t slot)
{
	const struct trace_record *r = at(f, slot);
	uint32_t texts[2];
	size_t n = trace_names_texts(r, texts);
	for (size_t i = 0; i < n; i++)
		need_string(f, texts[i]);
	switch (r->kind) {
	case TRACE_STATE:
		need_of_state(f, r);
		break;
	case TRACE_TASK:
		if (!f->cut->spare || is_alive(f, r->b))
			need_task(f, r->b);
		break;
	case TRACE_OBJECT:
	case TRACE_LEVEL:
		need_object(f, r->id);
		break;
	case TRACE_HOLD:
	case TRACE_CORO:
		need_object(f, r->id);
		need_task(f, r->a);
		break;
	case TRACE_WORKER:
		need_task(f, r->a);
		need_object(f, r->c);
		break;
	case TRACE_AWAIT:
		need_object(f, r->b);
		need_task(f, r->a);
		need_task(f, r->id);
		break;
	case TRACE_CANCEL:
		need_task(f, r->a);
		need_task(f, r->id);
		break;
	case TRACE_SCOPE:
	case TRACE_VAR:
	case TRACE_LOG:
	case TRACE_ERROR:
	case TRACE_NAME:
		need_task(f, r->id);
		break;
	default:
		break;
	}
}

static void keep(struct fold *f, uint32_t slot)
{
	if (f->kept[slot])
		return;
	f->kept[slot] = 1;
	need_of(f, slot);
}

/* The tasks that a waiting one is gathered from stand before its state. */
static void keep_awaited(struct fold *f, uint32_t slot)
{
	uint32_t task = at(f, slot)->id;
	while (slot-- > 0) {
		const struct trace_record *r = at(f, slot);
		if (r->kind == TRACE_AWAIT && r->id == task)
			keep(f, slot);
		else if (r->kind != TRACE_BLOCK && r->kind != TRACE_PAD)
			return;
	}
}

/* Keep the facts of every task that is needed, and what those need. */
static void keep_tasks(struct fold *f)
{
	while (f->n_queue > 0 && !f->no_memory) {
		struct task task = f->tasks[f->queue[--f->n_queue]];
		for (unsigned i = 0; i < N_FACTS; i++)
			if (task.facts[i] != NO_SLOT)
				keep(f, task.facts[i]);
		uint32_t last = task.facts[FACT_LAST];
		if (last != NO_SLOT && at(f, last)->sub == TRACE_STATE_WAITING)
			keep_awaited(f, last);
	}
}

static bool is_failed(const struct fold *f, const struct task *task)
{
	uint32_t last = task->facts[FACT_LAST];
	return task->done && at(f, last)->arg == TRACE_OUTCOME_ERROR;
}

static void keep_open(struct fold *f)
{
	for (size_t i = 0; i < f->n_tasks; i++)
		if (!f->tasks[i].done || (is_failed(f, &f->tasks[i]) && !f->cut->spare))
			need_task(f, at(f, f->tasks[i].facts[FACT_TASK])->id);
	for (size_t i = 0; i < f->n_objects && !f->cut->spare; i++)
		need_object(f, at(f, f->objects[i].slot)->id);
	for (size_t i = 0; i < f->holds.n; i++)
		keep(f, f->holds.all[i].slot);
	for (size_t i = 0; i < f->scopes.n; i++)
		keep(f, f->scopes.all[i].slot);
	if (f->tick != NO_SLOT)
		keep(f, f->tick);
	if (f->call != NO_SLOT)
		keep(f, f->call);
	for (size_t i = 0; i < f->workers.n; i++)
		keep(f, f->workers.slots[i]);
	for (size_t i = 0; i < f->vars.n; i++)
		keep(f, f->vars.slots[i]);
}

static void find_string(struct fold *f, uint32_t slot)
{
	if (at(f, slot)->kind == TRACE_STRING)
		put(f, &f->strings, at(f, slot)->id, slot);
}

/* What the writer may name again stands in its table, and in the FILE and META records, which are all kept. */
static void keep_names(struct fold *f)
{
	uint32_t texts[2];
	for (size_t i = 0; i < trace_intern_slots(f->cut->names); i++)
		need_string(f, trace_intern_at(f->cut->names, i));
	for (uint64_t s = 0; s < f->cut->n_blocks * TRACE_BLOCK_SLOTS; s++) {
		unsigned kind = f->cut->slots[s].kind;
		if (!f->kept[s] || (kind != TRACE_META && kind != TRACE_FILE))
			continue;
		size_t n = trace_names_texts(&f->cut->slots[s], texts);
		for (size_t i = 0; i < n; i++)
			need_string(f, texts[i]);
	}
}

static bool is_event(unsigned kind)
{
	return kind > TRACE_CONT && kind != TRACE_FILE && kind != TRACE_META && kind != TRACE_AWAIT;
}

/* Count the events that go; a record of an earlier loss says how many it stands for. */
static uint64_t count_lost(const struct fold *f)
{
	uint64_t n = 0;
	for (uint64_t s = 0; s < f->cut->n_blocks * TRACE_BLOCK_SLOTS; s++) {
		const struct trace_record *r = &f->cut->slots[s];
		if (!is_event(r->kind) || f->kept[s] || trace_cut_stays(f->cut, s))
			continue;
		n += r->kind == TRACE_LOST ? trace_join(r->b, r->c) : 1;
	}
	return n;
}

static void fold_free(struct fold *f)
{
	struct trace_id_map *maps[] = {&f->by_task, &f->by_object, &f->strings, &f->workers.by_id,
	                               &f->vars.by_id};
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		trace_id_map_fini(maps[i]);
	free(f->tasks);
	free(f->objects);
	free(f->workers.slots);
	free(f->vars.slots);
	free(f->holds.all);
	free(f->scopes.all);
	free(f->queue);
}

int trace_ring_fold(const struct trace_cut *cut, uint8_t *kept, uint64_t *n_lost)
{
	struct fold f = {.cut = cut, .kept = kept, .tick = NO_SLOT, .call = NO_SLOT};
	walk(&f, false, find_string);
	walk(&f, false, fold_record);
	keep_names(&f);
	keep_open(&f);
	walk(&f, true, need_of);
	keep_tasks(&f);
	*n_lost = count_lost(&f);
	fold_free(&f);
	return f.no_memory ? TRACE_ESYSTEM : TRACE_OK;
}
