/* The tasks of all CPUs, and what each line means for them.
 *
 * A line says the state that the task is left in, so ready and waiting are told apart, but for one thing: a task that waits when the trace
 * begins is not seen before it wakes. What it waits for, no line says. A wakeup is written twice by newer kernels, as waking where it
 * happens and as wakeup where it arrives: the first says who did it, and counts.
 */
#include "trace/import/sched.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/array.h"
#include "trace/import/sched_line.h"
#include "trace/import/sorter.h"

#define LINE_BYTES  4096u
#define BACKWARD_NS 1000000000u

/* Events while they are sorted: kinds of our own. id: pid of the one, a: its name; b: pid of the other or the waker, c: its name; d: CPU;
 * arg: the CPU that it goes to; sub: the state. */
#define KIND(event) ((uint8_t)(128 + (event)))

struct sched_task {
	uint32_t task; /* in the recording */
	uint32_t name;
	uint8_t state; /* enum trace_state; 0: not known */
};

struct sched {
	struct trace_input *input;
	struct trace_sink *sink;
	struct trace_sorter sorter;
	struct trace_id_map pids; /* pid -> index */
	struct sched_task *tasks;
	size_t n_tasks, tasks_cap;
	uint64_t first_ns, last_ns;
	uint64_t n_events;
};

static struct sched_task *task_of(struct sched *s, uint64_t t_ns, uint32_t pid, uint32_t name)
{
	uint32_t at = trace_id_map_get(&s->pids, pid);
	if (at == TRACE_ID_UNKNOWN) {
		at = (uint32_t)s->n_tasks;
		if (trace_array_reserve(&s->tasks, s->n_tasks, &s->tasks_cap, sizeof *s->tasks) ||
		    trace_id_map_put(&s->pids, pid, at))
			return NULL;
		s->tasks[s->n_tasks++] = (struct sched_task){.task = at + 1, .name = name};
		if (trace_sink_put(s->sink, (struct trace_record){.t_ns = t_ns,
		                                                  .kind = TRACE_TASK,
		                                                  .id = at + 1,
		                                                  .a = name}) != TRACE_OK)
			return NULL;
	}
	struct sched_task *task = &s->tasks[at];
	if (name && name != task->name &&
	    trace_sink_put(s->sink, (struct trace_record){.t_ns = t_ns,
	                                                  .kind = TRACE_NAME,
	                                                  .id = task->task,
	                                                  .a = name}) != TRACE_OK)
		return NULL;
	if (name)
		task->name = name;
	return task;
}

static int put_state(struct sched *s, uint64_t t_ns, struct sched_task *task,
                     enum trace_state state, uint16_t arg, uint32_t by)
{
	if (task->state == TRACE_STATE_DONE ||
	    (task->state == state && state != TRACE_STATE_RUNNING))
		return TRACE_OK;
	task->state = (uint8_t)state;
	return trace_sink_put(s->sink, (struct trace_record){.t_ns = t_ns,
	                                                     .kind = TRACE_STATE,
	                                                     .id = task->task,
	                                                     .sub = (uint8_t)state,
	                                                     .arg = arg,
	                                                     .b = by});
}

static int put_cpu(struct sched *s, uint64_t t_ns, uint32_t cpu, uint32_t task)
{
	return trace_sink_put(s->sink, (struct trace_record){.t_ns = t_ns,
	                                                     .kind = TRACE_WORKER,
	                                                     .id = cpu,
	                                                     .a = task,
	                                                     .sub = task ? TRACE_WORKER_BUSY
	                                                                 : TRACE_WORKER_IDLE});
}

/* Leave the CPU. A task that is preempted could go on; one that is dead cannot. */
static int leave(struct sched *s, const struct trace_record *e)
{
	struct sched_task *task = task_of(s, e->t_ns, e->id, e->a);
	if (!task)
		return TRACE_ESYSTEM;
	if (e->sub == 'R')
		return put_state(s, e->t_ns, task, TRACE_STATE_READY, TRACE_WHY_YIELD, 0);
	if (e->sub == 'X' || e->sub == 'Z')
		return put_state(s, e->t_ns, task, TRACE_STATE_DONE, TRACE_OUTCOME_RESULT, 0);
	return put_state(s, e->t_ns, task, TRACE_STATE_WAITING, 0, 0);
}

static int take_switch(struct sched *s, const struct trace_record *e)
{
	int rc = e->id ? leave(s, e) : TRACE_OK;
	uint32_t task = 0;
	if (rc == TRACE_OK && e->b) {
		struct sched_task *next = task_of(s, e->t_ns, e->b, e->c);
		if (!next)
			return TRACE_ESYSTEM;
		task = next->task;
		if (next->state == TRACE_STATE_DONE) /* its pid is another task's now */
			next->state = 0;
		rc = put_state(s, e->t_ns, next, TRACE_STATE_RUNNING, 0, 0);
	}
	return rc ? rc : put_cpu(s, e->t_ns, e->d, task);
}

static int take_wakeup(struct sched *s, const struct trace_record *e, enum trace_sched_event event)
{
	struct sched_task *waker = e->b ? task_of(s, e->t_ns, e->b, e->c) : NULL;
	uint32_t by = waker ? waker->task : 0;
	struct sched_task *task = task_of(s, e->t_ns, e->id, e->a);
	if (!task || (e->b && !waker))
		return TRACE_ESYSTEM;
	if (task->state == TRACE_STATE_RUNNING)
		return TRACE_OK; /* it was woken before it had gone to sleep */
	if (event == TRACE_SCHED_NEW)
		task->state = 0;
	return put_state(s, e->t_ns, task, TRACE_STATE_READY,
	                 event == TRACE_SCHED_NEW ? TRACE_WHY_START : TRACE_WHY_NOTIFY, by);
}

static int take_migration(struct sched *s, const struct trace_record *e)
{
	char text[64];
	struct sched_task *task = task_of(s, e->t_ns, e->id, e->a);
	if (!task)
		return TRACE_ESYSTEM;
	snprintf(text, sizeof text, "moves to CPU %u", (unsigned)e->arg);
	return trace_sink_put(s->sink, (struct trace_record){.t_ns = e->t_ns,
	                                                     .kind = TRACE_LOG,
	                                                     .id = task->task,
	                                                     .a = trace_sink_text(s->sink, text,
	                                                                          strlen(text))});
}

static int take(void *arg, const struct trace_sorted *item)
{
	struct sched *s = arg;
	struct trace_record e = item->r;
	enum trace_sched_event event = (enum trace_sched_event)(e.kind - 128);
	e.t_ns -= s->first_ns;
	if (e.t_ns < s->sink->pen.t_ns)
		e.t_ns = s->sink->pen.t_ns;
	switch (event) {
	case TRACE_SCHED_SWITCH:
		return take_switch(s, &e);
	case TRACE_SCHED_MIGRATE:
		return e.id ? take_migration(s, &e) : TRACE_OK;
	case TRACE_SCHED_EXIT:
		return TRACE_OK; /* the switch away from it says so */
	default:
		return e.id ? take_wakeup(s, &e, event) : TRACE_OK;
	}
}

/* ---- lines */

/* The name of a task, its pid in it: several have one comm. */
static uint32_t name_of(struct sched *s, const struct trace_sched_task *task)
{
	char name[64];
	if (!*task->comm || task->pid == 0)
		return 0;
	snprintf(name, sizeof name, "%s-%" PRIu32, task->comm, task->pid);
	return trace_sink_text(s->sink, name, strlen(name));
}

static int push(struct sched *s, const struct trace_sched_line *line)
{
	bool is_switch = line->event == TRACE_SCHED_SWITCH;
	const struct trace_sched_task *other = is_switch ? &line->other : &line->current;
	s->n_events++;
	return trace_sorter_push(&s->sorter, 0,
	                         (struct trace_record){.t_ns = line->t_ns,
	                                               .kind = KIND(line->event),
	                                               .id = line->one.pid,
	                                               .a = name_of(s, &line->one),
	                                               .b = other->pid,
	                                               .c = name_of(s, other),
	                                               .d = line->cpu,
	                                               .arg = (uint16_t)line->target_cpu,
	                                               .sub = (uint8_t)line->prev_state});
}

static int read_line(struct sched *s, const char *bytes, size_t n, uint64_t offset,
                     struct trace_error *error)
{
	char text[LINE_BYTES];
	if (n >= sizeof text)
		n = sizeof text - 1;
	memcpy(text, bytes, n);
	text[n] = '\0';
	struct trace_sched_line line = trace_sched_line_read(text);
	if (line.event == TRACE_SCHED_OTHER)
		return TRACE_OK;
	if (line.event == TRACE_SCHED_BAD)
		return trace_input_fail(s->input, offset, error,
		                        "expected the tasks of a scheduler event");
	if (line.t_ns + BACKWARD_NS < s->last_ns)
		return trace_input_fail(s->input, offset, error,
		                        "expected times that grow, found one %" PRIu64
		                        " ns before another",
		                        s->last_ns - line.t_ns);
	if (s->n_events == 0 || line.t_ns < s->first_ns)
		s->first_ns = line.t_ns;
	if (line.t_ns > s->last_ns)
		s->last_ns = line.t_ns;
	if (push(s, &line) == TRACE_OK)
		return TRACE_OK;
	return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot read '%s': out of memory or disk",
	                       s->input->name);
}

static int read_lines(struct sched *s, struct trace_error *error)
{
	const char *line;
	size_t n;
	int rc;
	uint64_t offset = 0;
	while ((rc = trace_input_line(s->input, &line, &n, error)) > 0) {
		rc = read_line(s, line, n, offset, error);
		if (rc != TRACE_OK)
			return rc;
		offset = trace_input_offset(s->input);
		s->input->line++;
	}
	if (rc == TRACE_OK && s->n_events == 0)
		return trace_input_fail(s->input, offset, error,
		                        "expected at least one scheduler event");
	return rc;
}

static int write_all(struct sched *s, struct trace_error *error)
{
	static const char loss[] = "What a kernel task waits for, this trace does not say.";
	const char *name = strrchr(s->input->name, '/');
	name = name ? name + 1 : s->input->name;
	trace_sink_meta(s->sink, TRACE_META_TITLE, 0, trace_sink_text(s->sink, name, strlen(name)));
	trace_sink_meta(s->sink, TRACE_META_ORIGIN, 0, trace_sink_text(s->sink, "sched", 5));
	trace_sink_meta(s->sink, TRACE_META_QUESTION, 0,
	                trace_sink_text(s->sink, loss, sizeof loss - 1));
	int rc = trace_sorter_drain(&s->sorter, take, s);
	if (rc == TRACE_OK)
		rc = trace_sink_put(s->sink, (struct trace_record){.t_ns = s->sink->pen.t_ns,
		                                                   .kind = TRACE_END,
		                                                   .sub = TRACE_STATUS_FINISHED});
	if (rc == TRACE_OK)
		return rc;
	return trace_error_set(error, rc, 0, "cannot read '%s': %s", s->input->name,
	                       s->sink->flaw[0] ? s->sink->flaw : "out of memory or disk");
}

int trace_import_sched(struct trace_input *input, struct trace_sink *sink,
                       struct trace_error *error)
{
	struct sched s = {.input = input, .sink = sink};
	int rc = read_lines(&s, error);
	if (rc == TRACE_OK)
		rc = write_all(&s, error);
	trace_sorter_fini(&s.sorter);
	trace_id_map_fini(&s.pids);
	free(s.tasks);
	return rc;
}
