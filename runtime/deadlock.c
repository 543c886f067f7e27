/* The deadlock report: follow from each unfinished task whom it waits for, until a task comes again.
 *
 * A task waits for another one directly, for each of those that it gathers, has in a group, or waits for at once, or for each of
 * those that hold the object that it waits for. Every task is looked at once, with a stack on the heap: chains may be as long as
 * there are tasks, and a hundred thousand of them may be stuck.
 */
#include "runtime/deadlock.h"

#include <stdio.h>
#include <stdlib.h>

#include "runtime/awaitable.h"

#define NAMED_MAX 5u  /* of several tasks, how many are named */
#define SAID_MAX  32u /* of the tasks that are stuck, when there is no cycle */

/* How far the search has come with a task. */
enum colour { UNSEEN, ON_THE_WAY, SEEN };

struct search {
	struct gt__loop *loop;
	struct gt_task **tasks; /* those that are not done, by id */
	unsigned char *colours; /* enum colour, of each */
	struct step *way;       /* from where the search began to where it is */
	size_t n, n_way;
};

/* A task on the way, and which of those that it waits for came last. */
struct step {
	size_t task;
	const void *place; /* of struct gt__several */
	size_t n_asked;    /* of its edges otherwise */
};

/* ---- Whom a task waits for ---- */

static int by_id(const void *id, const void *task)
{
	uint32_t wanted = *(const uint32_t *)id, is = (*(struct gt_task *const *)task)->id;
	return (wanted > is) - (wanted < is);
}

/* Return the place of the unfinished task of that id, `n` if there is none. */
static size_t find(const struct search *search, uint32_t id)
{
	struct gt_task **found =
	        bsearch(&id, search->tasks, search->n, sizeof *search->tasks, by_id);
	return found ? (size_t)(found - search->tasks) : search->n;
}

static bool is_among_several(const struct gt_task *task)
{
	return gt__waits_for_several(task->wait.on) && task->wait.several;
}

/* Return the next unfinished task that the one of `step` waits for, `n` behind the last one. */
static size_t next_edge(const struct search *search, struct step *step)
{
	const struct gt_task *task = search->tasks[step->task];
	const struct gt__object *thing = task->wait.thing;
	size_t found = search->n;
	if (!task->waiter)
		return found; /* it has not begun */
	if (thing) {
		while (found == search->n && step->n_asked < thing->n_holders)
			found = find(search, thing->holders[step->n_asked++]);
	} else if (is_among_several(task)) {
		const struct gt__several *several = task->wait.several;
		struct gt_future *other;
		while (found == search->n && (other = several->next(several, &step->place)))
			if (gt__task_of(other))
				found = find(search, gt__task_of(other)->id);
	} else if (task->wait.task && !step->n_asked++) {
		found = find(search, task->wait.task->id);
	}
	return found;
}

/* ---- Finding a cycle ---- */

static void go_to(struct search *search, size_t task)
{
	search->colours[task] = ON_THE_WAY;
	search->way[search->n_way++] = (struct step){.task = task};
}

/* Return whether a cycle can be reached from `task`. It is then what the way has from `*begins` on. */
static bool finds_cycle(struct search *search, size_t task, size_t *begins)
{
	search->n_way = 0;
	go_to(search, task);
	while (search->n_way) {
		struct step *here = &search->way[search->n_way - 1];
		size_t next = next_edge(search, here);
		if (next == search->n) {
			search->colours[here->task] = SEEN;
			search->n_way--;
		} else if (search->colours[next] == UNSEEN) {
			go_to(search, next);
		} else if (search->colours[next] == ON_THE_WAY) {
			*begins = search->n_way - 1;
			while (search->way[*begins].task != next)
				--*begins;
			return true;
		}
	}
	return false;
}

/* ---- Saying it ---- */

/* Return the name of the next one of several that is not done, NULL behind the last one. */
static const char *next_name(const struct gt__several *several, const void **place)
{
	struct gt_future *future;
	while ((future = several->next(several, place)) && gt__future_is_done(future))
		;
	if (!future)
		return NULL;
	const struct gt_task *task = gt__task_of(future);
	return task ? gt__task_name(task) : gt__awaitable_name(future);
}

/* Say the names of those that are left of several, the first ones by name. */
static void say_several(FILE *out, const struct gt__several *several)
{
	const void *place = NULL;
	const char *name;
	size_t n = 0, said = 0;
	while (next_name(several, &place))
		n++;
	for (place = NULL; said < NAMED_MAX && (name = next_name(several, &place)); said++) {
		const char *last = several->any ? " or " : " and ";
		fprintf(out, "%s%s", !said ? "" : said + 1 == n ? last : ", ", name);
	}
	if (said < n)
		fprintf(out, " and %zu more", n - said);
}

/* `next` is the one that counts in a cycle, `n` outside of one. */
static void say(FILE *out, const struct search *search, size_t task, size_t next)
{
	const struct gt_task *who = search->tasks[task];
	const struct gt__object *thing = who->wait.thing;
	struct step step = {.task = task};
	if (next == search->n)
		next = next_edge(search, &step);
	const char *other = next < search->n ? gt__task_name(search->tasks[next]) : NULL;
	fprintf(out, "%s waits for ", gt__task_name(who));
	if (thing && other)
		fprintf(out, "%s, held by %s", thing->name, other);
	else if (thing)
		fprintf(out, "%s (%s)", thing->name, trace_on_name(who->wait.on));
	else if (who->waiter && is_among_several(who)) {
		fputs(who->wait.on == TRACE_ON_GROUP    ? "the group of "
		      : who->wait.on == TRACE_ON_GATHER ? "the gather of "
		                                        : "",
		      out);
		say_several(out, who->wait.several);
	} else
		fputs(other ? other : trace_on_name(who->wait.on), out);
}

/* The cycle from its task that was created first, and then main, if that only waits for the cycle to end. */
static void say_cycle(FILE *out, const struct search *search, size_t begins)
{
	const struct step *cycle = search->way + begins;
	size_t n = search->n_way - begins, first = 0;
	bool has_main = false;
	for (size_t i = 0; i < n; i++) {
		first = cycle[i].task < cycle[first].task ? i : first;
		has_main = has_main || search->tasks[cycle[i].task]->id == 1;
	}
	for (size_t i = 0; i < n; i++) {
		fputs(i ? "; " : "", out);
		say(out, search, cycle[(first + i) % n].task, cycle[(first + i + 1) % n].task);
	}
	if (!has_main && search->tasks[0]->id == 1) {
		fputs("; ", out);
		say(out, search, 0, search->n);
	}
}

static void say_all(FILE *out, const struct search *search)
{
	for (size_t i = 0; i < search->n && i < SAID_MAX; i++) {
		fputs(i ? "; " : "", out);
		say(out, search, i, search->n);
	}
	if (search->n > SAID_MAX)
		fprintf(out, "; and %zu more wait", search->n - SAID_MAX);
}

/* errors: false when out of memory, or when there is no task. */
static bool collect(struct search *search)
{
	struct gt__node *all = &search->loop->tasks;
	size_t cap = 0;
	for (struct gt__node *n = all->next; n != all; n = n->next)
		cap += !gt__task_is_done(GT__CONTAINER(n, struct gt_task, in_loop));
	if (!cap)
		return false;
	search->tasks = malloc(cap * sizeof *search->tasks);
	search->colours = calloc(cap, 1);
	search->way = malloc(cap * sizeof *search->way);
	if (!search->tasks || !search->colours || !search->way)
		return false;
	for (struct gt__node *n = all->next; n != all; n = n->next) {
		struct gt_task *task = GT__CONTAINER(n, struct gt_task, in_loop);
		if (!gt__task_is_done(task))
			search->tasks[search->n++] = task;
	}
	return true;
}

static void report(struct search *search)
{
	char *text = NULL;
	size_t n_bytes, begins = 0;
	bool found = false;
	FILE *out = open_memstream(&text, &n_bytes);
	if (!out)
		return;
	for (size_t i = 0; i < search->n && !found; i++)
		found = search->colours[i] == UNSEEN && finds_cycle(search, i, &begins);
	if (found)
		say_cycle(out, search, begins);
	else
		say_all(out, search);
	if (!fclose(out))
		gt_mark("deadlock", text);
	free(text);
}

void gt__deadlock_report(struct gt__loop *loop)
{
	struct search search = {.loop = loop};
	if (collect(&search))
		report(&search);
	free(search.tasks);
	free(search.colours);
	free(search.way);
}
