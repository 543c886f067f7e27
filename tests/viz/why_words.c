/* The sentence that must be said, put together from the lists. Its words are written down here once more, on purpose.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tests/viz/why_oracle.h"
#include "viz/text/format_time.h"

#define MS UINT64_C(1000000)

struct sentence {
	struct why *why;
	struct why_task *task;
	uint64_t now_ns;
	char *text;
	size_t bytes;
};

static void say(struct sentence *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(struct sentence *s, const char *format, ...)
{
	va_list args;
	size_t len = strlen(s->text);
	va_start(args, format);
	vsnprintf(s->text + len, s->bytes - len, format, args);
	va_end(args);
}

static void say_time(struct sentence *s, uint64_t ns)
{
	char time[VIZ_TIME_BYTES];
	say(s, "%s", viz_format_time(time, ns));
}

static void say_lasted(struct sentence *s, uint64_t ns)
{
	say_time(s, ns < MS ? ns : ns - ns % MS);
}

static void say_rank(struct sentence *s, size_t rank)
{
	static const char *const words[] = {"first", "second",  "third",  "fourth", "fifth",
	                                    "sixth", "seventh", "eighth", "ninth",  "tenth"};
	if (rank <= 10)
		say(s, "%s", words[rank - 1]);
	else if (rank / 10 % 10 != 1 && rank % 10 == 1)
		say(s, "%zust", rank);
	else if (rank / 10 % 10 != 1 && rank % 10 == 2)
		say(s, "%zund", rank);
	else if (rank / 10 % 10 != 1 && rank % 10 == 3)
		say(s, "%zurd", rank);
	else
		say(s, "%zuth", rank);
}

static void say_names(struct sentence *s, const uint32_t ids[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (n > 4 && i == 3) {
			say(s, " and %zu more", n - 3);
			return;
		}
		say(s, "%s%s",
		    i == 0       ? ""
		    : i + 1 == n ? " and "
		                 : ", ",
		    why_task(s->why, ids[i])->name);
	}
}

static bool is_running(const struct why_task *task)
{
	return task->state.kind != 0 && task->state.sub == TRACE_STATE_RUNNING;
}

static struct why_task *who_runs(struct why *why)
{
	for (size_t i = 0; i < why->n_tasks; i++)
		if (is_running(&why->tasks[i]))
			return &why->tasks[i];
	return NULL;
}

static bool is_blocking(const struct sentence *s, const struct why_task *task)
{
	return s->now_ns - task->state.t_ns >= s->why->model->blocked_ns;
}

/* List the ready ones before event `until`, the first one first. */
static size_t queue_until(struct why *why, uint32_t until, uint32_t ids[])
{
	size_t n = 0;
	for (size_t i = 0; i < why->n_tasks; i++) {
		const struct why_task *task = &why->tasks[i];
		size_t at = n;
		if (task->state.kind == 0 || task->state.sub != TRACE_STATE_READY ||
		    task->since >= until)
			continue;
		for (; at > 0 && why_task(why, ids[at - 1])->since > task->since; at--)
			ids[at] = ids[at - 1];
		ids[at] = task->id;
		n++;
	}
	return n;
}

/* ---- Ready ---- */

static void say_deed(struct sentence *s)
{
	const struct trace_record *r = &s->task->state;
	static const char *const with[] = {[TRACE_WHY_RELEASE] = "released",
	                                   [TRACE_WHY_SET] = "set",
	                                   [TRACE_WHY_PUT] = "put an item into",
	                                   [TRACE_WHY_GET] = "took an item from",
	                                   [TRACE_WHY_NOTIFY] = "notified"};
	static const char *const without[] = {[TRACE_WHY_RELEASE] = "released what it waited for",
	                                      [TRACE_WHY_SET] = "set what it waited for",
	                                      [TRACE_WHY_PUT] = "put an item",
	                                      [TRACE_WHY_GET] = "took an item",
	                                      [TRACE_WHY_NOTIFY] = "notified it"};
	const struct why_object *object = r->a != 0 ? why_object(s->why, r->a) : NULL;
	say(s, ". %s ", r->b != 0 ? why_task(s->why, r->b)->name : "The loop");
	if (object != NULL)
		say(s, "%s %s", with[r->arg], object->name);
	else
		say(s, "%s", without[r->arg]);
}

/* A join is over when somebody has dealt with the last item; that task goes on. */
static bool say_joined(struct sentence *s)
{
	const struct trace_record *r = &s->task->state, *wait = &s->task->before;
	if (r->arg != TRACE_WHY_DONE || wait->sub != TRACE_STATE_WAITING ||
	    wait->arg != TRACE_ON_QUEUE_JOIN)
		return false;
	say(s, ". %s has dealt with the last item of %s",
	    r->b != 0 ? why_task(s->why, r->b)->name : "What it waited for",
	    why_object(s->why, wait->a)->name);
	return true;
}

static void say_reason(struct sentence *s)
{
	const struct trace_record *r = &s->task->state;
	switch (r->arg) {
	case TRACE_WHY_START:
		if (r->b != 0)
			say(s, ". Created by %s", why_task(s->why, r->b)->name);
		break;
	case TRACE_WHY_YIELD:
		say(s, ". It let the others go first");
		break;
	case TRACE_WHY_TIMER:
		say(s, ". Its time came");
		break;
	case TRACE_WHY_IO:
		say(s, ". Its input or output is ready");
		break;
	case TRACE_WHY_THREAD:
		say(s, ". Its work on a thread is done");
		break;
	case TRACE_WHY_DONE:
	case TRACE_WHY_ERROR:
		if (say_joined(s))
			break;
		say(s, ". %s %s", r->b != 0 ? why_task(s->why, r->b)->name : "What it waited for",
		    r->arg == TRACE_WHY_DONE ? "is done" : "failed");
		break;
	case TRACE_WHY_CANCEL:
		break;
	default:
		say_deed(s);
	}
}

static void say_queue(struct sentence *s)
{
	uint32_t line[WHY_MAX];
	size_t n_all = queue_until(s->why, s->why->n_seen, line);
	if (!s->why->is_fifo) {
		if (n_all > 1)
			say(s, "; %zu %s ready too", n_all - 1,
			    n_all == 2 ? "other is" : "others are");
		return;
	}
	size_t before = queue_until(s->why, s->task->since, line);
	if (before == 0) {
		say(s, "; next in the queue");
		return;
	}
	say(s, "; ");
	say_rank(s, before + 1);
	say(s, " in the queue, behind ");
	say_names(s, line, before);
}

static void say_ready(struct sentence *s)
{
	const struct why_task *other = who_runs(s->why);
	say(s, s->task->state.arg == TRACE_WHY_START ? " has not started: ready since "
	                                             : " has been ready since ");
	say_time(s, s->task->state.t_ns);
	if (other != NULL) {
		say(s, ", but %s has not returned to the loop", other->name);
		if (is_blocking(s, other)) {
			say(s, " for ");
			say_lasted(s, s->now_ns - other->state.t_ns);
		}
	}
	say_queue(s);
	say_reason(s);
}

/* ---- Waiting ---- */

static unsigned on_of(const struct why_task *task)
{
	return task->state.arg & ~TRACE_TIMED;
}

static bool waits(const struct why_task *task)
{
	return task->state.kind != 0 && task->state.sub == TRACE_STATE_WAITING;
}

static const struct why_object *object_of(const struct sentence *s)
{
	const struct trace_record *r = &s->task->state;
	return r->a != 0 && !trace_on_is_task(on_of(s->task)) ? why_object(s->why, r->a) : NULL;
}

/* Who has it, each once, in the order of taking. */
static size_t holders_of(const struct why_object *object, uint32_t ids[])
{
	size_t n = 0;
	for (size_t i = 0; i < object->n_holders; i++) {
		size_t k = 0;
		while (k < n && ids[k] != object->holders[i])
			k++;
		if (k == n)
			ids[n++] = object->holders[i];
	}
	return n;
}

static size_t missing(struct why *why, const struct why_task *task, uint32_t ids[])
{
	size_t n = 0;
	if (trace_on_is_task(on_of(task))) {
		const struct why_task *other = why_task(why, task->state.a);
		if (other != NULL && other->state.sub != TRACE_STATE_DONE)
			ids[n++] = other->id;
		return n;
	}
	for (size_t i = 0; i < task->n_awaited; i++)
		if (why_task(why, task->awaited[i])->state.sub != TRACE_STATE_DONE)
			ids[n++] = task->awaited[i];
	return n;
}

static void say_holders(struct sentence *s, const struct why_object *object)
{
	uint32_t ids[WHY_HOLDERS];
	size_t n = holders_of(object, ids);
	if (n == 0)
		return;
	say(s, ", held by ");
	say_names(s, ids, n);
}

static void say_place(struct sentence *s)
{
	size_t place = 1;
	for (size_t i = 0; i < s->why->n_tasks; i++) {
		const struct why_task *other = &s->why->tasks[i];
		place += waits(other) && on_of(other) == on_of(s->task) &&
		         other->state.a == s->task->state.a && other->since < s->task->since;
	}
	say(s, "; ");
	say_rank(s, place);
	say(s, " in line");
}

static void say_object(struct sentence *s, const struct why_object *o)
{
	long long level = (long long)o->level, capacity = (long long)o->capacity;
	switch (on_of(s->task)) {
	case TRACE_ON_FUTURE:
		say(s, " waits for future %s to be set", o->name);
		return;
	case TRACE_ON_EVENT:
		say(s, " waits for event %s to be set", o->name);
		return;
	case TRACE_ON_BARRIER:
		say(s, " waits for the others at barrier %s (%lld of %lld are there)", o->name,
		    level, capacity);
		return;
	case TRACE_ON_CONNECT:
		say(s, " waits for a connection to %s", o->name);
		return;
	case TRACE_ON_ACCEPT:
		say(s, " waits for a client of %s", o->name);
		return;
	case TRACE_ON_READ:
		say(s, " waits for bytes from %s", o->name);
		return;
	case TRACE_ON_WRITE:
		say(s, " waits to write to %s", o->name);
		return;
	case TRACE_ON_PROCESS:
		say(s, " waits for process %s to end", o->name);
		return;
	case TRACE_ON_GENERATOR:
		say(s, " waits for generator %s", o->name);
		return;
	case TRACE_ON_QUEUE_JOIN:
		say(s, " waits until all items of queue %s are dealt with", o->name);
		return;
	case TRACE_ON_LOCK:
		say(s, " waits for lock %s", o->name);
		say_holders(s, o);
		break;
	case TRACE_ON_SEMAPHORE:
		say(s, " waits for semaphore %s (%lld of %lld left)", o->name, level, capacity);
		say_holders(s, o);
		break;
	case TRACE_ON_CONDITION:
		say(s, " waits to be notified by condition %s", o->name);
		break;
	case TRACE_ON_QUEUE_GET:
		say(s, " waits for an item from queue %s%s", o->name,
		    level == 0 ? ", which is empty" : "");
		break;
	case TRACE_ON_QUEUE_PUT:
		say(s, " waits for room in queue %s (%lld of %lld taken)", o->name, level,
		    capacity);
		break;
	default:
		say(s, " waits for something that this test does not know");
		return;
	}
	say_place(s);
}

static void say_thread(struct sentence *s)
{
	size_t n_busy = 0;
	uint32_t mine = 0;
	for (size_t i = 0; i < s->why->n_workers; i++) {
		n_busy += s->why->workers[i].task != 0;
		if (s->why->workers[i].task == s->task->id)
			mine = s->why->workers[i].id;
	}
	say(s, " waits for its work on a thread");
	if (mine != 0)
		say(s, ", which worker %u does", (unsigned)mine);
	else if (n_busy > 0)
		say(s, ", which has not begun: %zu %s busy", n_busy,
		    n_busy == 1 ? "thread is" : "threads are");
}

static void say_what(struct sentence *s)
{
	uint32_t ids[WHY_MAX];
	size_t n = missing(s->why, s->task, ids);
	const struct why_task *other = why_task(s->why, s->task->state.a);
	unsigned on = on_of(s->task);
	if (object_of(s) != NULL)
		say_object(s, object_of(s));
	else if (on == TRACE_ON_SLEEP)
		say(s, " sleeps");
	else if (on == TRACE_ON_READ)
		say(s, " waits for bytes to read");
	else if (on == TRACE_ON_WRITE)
		say(s, " waits until it can write");
	else if (on == TRACE_ON_TASK)
		say(s, " waits for %s to end", other->name);
	else if (on == TRACE_ON_SHIELD)
		say(s, " waits for %s, shielded", other->name);
	else if (on == TRACE_ON_WAIT_FOR)
		say(s, " waits for %s", other->name);
	else if (on == TRACE_ON_THREAD)
		say_thread(s);
	else if (on == TRACE_ON_GATHER || on == TRACE_ON_WAIT || on == TRACE_ON_GROUP) {
		say(s, " waits for %s",
		    on == TRACE_ON_GATHER ? "the tasks that it gathered"
		    : on == TRACE_ON_WAIT ? "some of several tasks"
		                          : "the tasks of its group");
		if (n > 0) {
			say(s, ": ");
			say_names(s, ids, n);
			say(s, n == 1 ? " is not done" : " are not done");
		}
	} else
		say(s, " waits for something without an object that this test does not know");
}

/* ---- Circles: a walk over whom each waits for, in the order of the call or of taking ---- */

static bool walk(struct why *why, uint32_t id, uint32_t path[], size_t *n, size_t *from)
{
	uint32_t next[WHY_MAX];
	size_t n_next = 0;
	const struct why_task *task = why_task(why, id);
	for (*from = 0; *from < *n; ++*from)
		if (path[*from] == id)
			return true;
	path[(*n)++] = id;
	unsigned on = on_of(task);
	const struct why_object *object = why_object(why, task->state.a);
	if (waits(task) && !(task->state.arg & TRACE_TIMED)) {
		if (on == TRACE_ON_LOCK || on == TRACE_ON_SEMAPHORE)
			n_next = object != NULL ? holders_of(object, next) : 0;
		else
			n_next = missing(why, task, next);
	}
	for (size_t i = 0; i < n_next; i++)
		if (walk(why, next[i], path, n, from))
			return true;
	--*n;
	return false;
}

static void say_circle(struct sentence *s)
{
	uint32_t path[WHY_MAX];
	size_t n = 0, from;
	if (!walk(s->why, s->task->id, path, &n, &from) || n - from > 8)
		return;
	say(s, ". Deadlock: ");
	for (size_t i = from; i < n; i++)
		say(s, "%s%s%sfor %s",
		    i == from    ? ""
		    : i + 1 == n ? " and "
		                 : ", ",
		    why_task(s->why, path[i])->name, i == from ? " waits " : " ",
		    why_task(s->why, path[i + 1 < n ? i + 1 : from])->name);
}

static void say_limits(struct sentence *s)
{
	const struct trace_record *r = &s->task->state;
	const struct why_task *running = who_runs(s->why);
	uint64_t until_ns = trace_join(r->b, r->c), first_ns = UINT64_MAX;
	if (r->arg & TRACE_TIMED && s->now_ns > until_ns) {
		say(s, "; overdue by ");
		say_lasted(s, s->now_ns - until_ns);
		if (running != NULL)
			say(s, ", because %s has the thread", running->name);
	}
	for (size_t i = 0; i < s->task->n_scopes; i++)
		if (s->task->scopes[i].kind == TRACE_SCOPE_TIMEOUT &&
		    s->task->scopes[i].deadline_ns < first_ns)
			first_ns = s->task->scopes[i].deadline_ns;
	if (first_ns == UINT64_MAX)
		return;
	say(s, "; its timeout %s at ", first_ns < s->now_ns ? "was due" : "comes");
	say_time(s, first_ns);
}

static void say_waiting(struct sentence *s)
{
	const struct trace_record *r = &s->task->state;
	say_what(s);
	if (r->arg & TRACE_TIMED) {
		say(s, on_of(s->task) == TRACE_ON_SLEEP ? " until " : ", at most until ");
		say_time(s, trace_join(r->b, r->c));
	}
	say(s, ", since ");
	say_time(s, r->t_ns);
	say_limits(s);
	say_circle(s);
}

/* ---- Running and done ---- */

static void say_running(struct sentence *s)
{
	uint32_t line[WHY_MAX];
	if (s->task->stillborn) {
		say(s, " ends before its first step");
		return;
	}
	say(s, is_blocking(s, s->task) ? " blocks the loop since " : " has been running since ");
	say_time(s, s->task->state.t_ns);
	if (!is_blocking(s, s->task))
		return;
	say(s, " (");
	say_lasted(s, s->now_ns - s->task->state.t_ns);
	size_t n = queue_until(s->why, s->why->n_seen, line);
	say(s, "): ");
	say_names(s, line, n);
	say(s, n == 0   ? "nobody else can run"
	       : n == 1 ? " is ready and cannot run"
	                : " are ready and cannot run");
}

static void say_done(struct sentence *s)
{
	const struct trace_record *r = &s->task->state;
	char value[300];
	bool cancelled = r->arg == TRACE_OUTCOME_CANCELLED, failed = r->arg == TRACE_OUTCOME_ERROR;
	say(s, " is done: %s at ", cancelled ? "cancelled" : failed ? "failed" : "ended");
	say_time(s, r->t_ns);
	if (cancelled && s->task->request.kind != 0) {
		say(s, " by %s", s->task->canceller);
		if (s->task->request.t_ns != r->t_ns) {
			say(s, ", asked for at ");
			say_time(s, s->task->request.t_ns);
		}
	}
	if (s->task->stillborn)
		say(s, ", before its first step");
	if (!cancelled && r->a != 0) {
		trace_model_string(s->why->model, r->a, value, sizeof value);
		say(s, failed ? " with %s" : " with the result %s", value);
	}
	if (s->task->never_retrieved)
		say(s, "; nobody has ever asked for the error");
}

static void say_cancellation(struct sentence *s)
{
	const struct trace_record *r = &s->task->cancel;
	if (r->kind == 0)
		return;
	if (r->sub == TRACE_CANCEL_SHIELDED) {
		say(s, ". A shield keeps the cancellation of %s away from it",
		    why_task(s->why, r->a)->name);
		return;
	}
	say(s, ". %s",
	    r->sub == TRACE_CANCEL_REQUESTED   ? "Asked to end"
	    : r->sub == TRACE_CANCEL_DELIVERED ? "The cancellation has reached it, asked for"
	                                       : "It has swallowed a cancellation, asked for");
	if (s->task->request.kind != 0)
		say(s, " by %s", s->task->canceller);
	say(s, " at ");
	say_time(s, r->t_ns);
}

static void say_where(struct sentence *s)
{
	char file[300];
	uint32_t line = trace_model_where(s->why->model, s->task->state.d, file, sizeof file);
	const char *slash = strrchr(file, '/');
	if (line != 0)
		say(s, " (%s:%u)", slash != NULL ? slash + 1 : file, (unsigned)line);
}

void why_sentence(struct why *why, size_t index, uint64_t now_ns, char *text, size_t text_bytes)
{
	struct sentence s = {why, &why->tasks[index], now_ns, text, text_bytes};
	text[0] = '\0';
	say(&s, "%s", s.task->name);
	if (s.task->state.kind == 0) {
		say(&s, " does not exist yet.");
		return;
	}
	if (s.task->state.sub == TRACE_STATE_READY)
		say_ready(&s);
	else if (s.task->state.sub == TRACE_STATE_RUNNING)
		say_running(&s);
	else if (s.task->state.sub == TRACE_STATE_WAITING)
		say_waiting(&s);
	else
		say_done(&s);
	if (s.task->state.sub != TRACE_STATE_DONE)
		say_cancellation(&s);
	say(&s, ".");
	say_where(&s);
}
