/* The executor: an exception of Python is a code and an error here, which travel up through the blocks as return
 * values.
 */
#include "tests/runtime/executor.h"

#include <stdlib.h>
#include <string.h>

#include "tests/runtime/machine.h"

/* ---- The machine ---- */

/* An error to give back at the end, or memory. */
struct kept {
	struct kept *next;
	const struct gt_error *error;
	_Alignas(16) char memory[];
};

static struct kept *keep(struct machine *machine, size_t bytes)
{
	struct kept *kept = calloc(1, sizeof *kept + bytes);
	if (!kept)
		abort();
	kept->next = machine->kept;
	return machine->kept = kept;
}

void *machine_keep(struct machine *machine, size_t bytes)
{
	return keep(machine, bytes)->memory;
}

struct named *machine_find(struct machine *machine, const char *name, bool is_task)
{
	for (size_t i = 0; i < machine->n_names; i++)
		if ((machine->names[i].kind == TASK) == is_task &&
		    !strcmp(machine->names[i].name, name))
			return &machine->names[i];
	return NULL;
}

struct named *machine_make(struct machine *machine, const char *name, enum kind kind)
{
	struct named *named = machine_find(machine, name, kind == TASK);
	if (named)
		return named;
	if (machine->n_names == NAMES_MAX)
		abort();
	named = &machine->names[machine->n_names++];
	*named = (struct named){.kind = kind, .name = name};
	return named;
}

void machine_print(struct machine *machine, const char *text)
{
	struct gt_task *self = gt_self();
	fprintf(machine->out, "%ju %s %s\n", (uintmax_t)(gt_now() / 1000000u),
	        self ? gt_name(self) : "loop", text);
	gt_log("%s", text);
}

/* ---- Outcomes ---- */

static void error_text(FILE *out, int code, const struct gt_error *error)
{
	if (code == GT_ECANCELED) {
		fputs("cancelled", out);
	} else if (code == GT_ETIMEDOUT) {
		fputs("timeout", out);
	} else if (code == GT_EGROUP) {
		for (size_t i = 0; i < gt_error_n_causes(error); i++) {
			const struct gt_error *cause = gt_error_cause(error, i);
			fputs(i ? "," : "group(", out);
			error_text(out, gt_error_code(cause), cause);
		}
		fputs(")", out);
	} else {
		fprintf(out, "error %s", gt_error_name(error));
	}
}

void outcome_text(int code, const struct gt_error *error, const char *value, char *text,
                  size_t bytes)
{
	if (code >= 0) {
		snprintf(text, bytes, "%s", value);
		return;
	}
	char *all = NULL;
	size_t n;
	FILE *out = open_memstream(&all, &n);
	if (!out)
		abort();
	error_text(out, code, error);
	fclose(out);
	snprintf(text, bytes, "%s", all);
	free(all);
}

struct outcome outcome_of(const struct frame *frame, int code, const char *value)
{
	struct outcome o = {.code = code};
	if (code >= 0) {
		snprintf(o.text, sizeof o.text, "%s", value);
	} else if (gt_error_code(gt_error()) == code) {
		o.error = gt_error_retain(gt_error());
		keep(frame->machine, 0)->error = o.error;
	}
	return o;
}

/* ---- Tasks ---- */

struct start {
	struct machine *machine;
	const struct program_block *body;
};

static int run_task(void *arg)
{
	struct start *start = arg;
	char text[200], how[180];
	struct frame frame = {.machine = start->machine};
	machine_print(start->machine, "begin");
	struct outcome o = run_block(&frame, start->body);
	if (!o.code)
		snprintf(o.text, sizeof o.text, "None");
	outcome_text(o.code, o.error, o.text, how, sizeof how);
	snprintf(text, sizeof text, "end %s", how);
	machine_print(start->machine, text);
	if (o.code >= 0)
		return gt_return_text("%s", o.text);
	return o.error ? gt_reraise(o.error) : o.code;
}

static struct start *make_start(struct machine *machine, const char *body)
{
	struct start *start = machine_keep(machine, sizeof *start);
	*start = (struct start){machine, program_def(&machine->program, body)};
	return start;
}

struct gt_task *machine_spawn(const struct frame *frame, const char *handle, const char *body,
                              bool in_group)
{
	char name[64];
	struct named *named = machine_make(frame->machine, handle, TASK);
	struct start *start = make_start(frame->machine, body);
	snprintf(name, sizeof name, "%s", handle);
	if (++named->n_spawned > 1)
		snprintf(name, sizeof name, "%s.%u", handle, named->n_spawned);
	struct gt_task *task = in_group ? gt_group_spawn(frame->group, run_task, start, "%s", name)
	                                : gt_spawn(run_task, start, "%s", name);
	if (task && in_group)
		gt_retain(task); /* the group's handle dies with the group */
	if (task)
		named->task = task;
	return task;
}

/* ---- Lines that direct others ---- */

static bool matches(const struct outcome *o, const char *kind)
{
	if (o->code >= 0)
		return false;
	if (!strcmp(kind, "any"))
		return true;
	if (!strcmp(kind, "cancelled"))
		return o->code == GT_ECANCELED;
	if (!strcmp(kind, "timeout"))
		return o->code == GT_ETIMEDOUT;
	return o->code != GT_ECANCELED;
}

static struct outcome run_try(const struct frame *frame, const struct program_node *node)
{
	struct outcome o = run_block(frame, node->inner);
	if (node->except && matches(&o, node->except_kind)) {
		struct outcome caught = o;
		struct frame handler = *frame;
		handler.handling = &caught;
		o = run_block(&handler, node->except);
	}
	if (node->finally) {
		struct outcome last = run_block(frame, node->finally);
		if (last.code)
			return last;
	}
	return o;
}

static struct outcome run_repeat(const struct frame *frame, const struct program_node *node)
{
	struct outcome o = {0};
	for (long i = strtol(node->words[1], NULL, 10); i > 0 && !o.code; i--)
		o = run_block(frame, node->inner);
	return o;
}

static struct outcome run_node(const struct frame *frame, const struct program_node *node)
{
	const char *op = node->words[0];
	if (!strcmp(op, "return"))
		return outcome_of(frame, RETURNED, node->words[1]);
	if (!strcmp(op, "reraise"))
		return *frame->handling;
	if (!strcmp(op, "repeat"))
		return run_repeat(frame, node);
	if (!strcmp(op, "try"))
		return run_try(frame, node);
	if (strcmp(op, "log") && strcmp(op, "raise"))
		return operate(frame, node);
	machine_print(frame->machine, node->text);
	return outcome_of(frame, *op == 'l' ? 0 : gt_raise(node->words[1], "%s", ""), "ok");
}

struct outcome run_block(const struct frame *frame, const struct program_block *block)
{
	struct outcome o = {0};
	for (const struct program_node *n = block->first; n && !o.code; n = n->next)
		o = run_node(frame, n);
	return o;
}

/* ---- Running ---- */

static void declare(struct machine *m, const char *kind, const char *name, size_t number)
{
	if (!strcmp(kind, "lock"))
		machine_make(m, name, LOCK)->object = gt_lock_create(name);
	else if (!strcmp(kind, "sem"))
		machine_make(m, name, SEM)->object = gt_sem_create(name, (unsigned)number);
	else if (!strcmp(kind, "bsem"))
		machine_make(m, name, SEM)->object = gt_bsem_create(name, (unsigned)number);
	else if (!strcmp(kind, "event"))
		machine_make(m, name, EVENT)->object = gt_event_create(name);
	else if (!strcmp(kind, "cond"))
		machine_make(m, name, COND)->object = gt_cond_create(name);
	else if (!strcmp(kind, "queue"))
		machine_make(m, name, QUEUE)->object = gt_queue_create(name, number);
	else if (!strcmp(kind, "lifo"))
		machine_make(m, name, QUEUE)->object = gt_lifo_create(name, number);
	else if (!strcmp(kind, "prio"))
		machine_make(m, name, QUEUE)->object = gt_prio_create(name, number);
	else if (!strcmp(kind, "barrier"))
		machine_make(m, name, BARRIER)->object = gt_barrier_create(name, number);
	else if (!strcmp(kind, "future"))
		machine_make(m, name, FUTURE)->object = gt_future_create(name);
}

static int run_main(void *arg)
{
	struct machine *machine = arg;
	for (const struct program_node *n = machine->program.top->first; n; n = n->next)
		declare(machine, n->words[0], n->n_words > 1 ? n->words[1] : "",
		        n->n_words > 2 ? strtoul(n->words[2], NULL, 10) : 0);
	struct named *named = machine_make(machine, "main", TASK);
	named->task = gt_self();
	named->n_spawned = 1;
	return run_task(make_start(machine, program_main(&machine->program)));
}

int executor_run(const char *source, const struct gt_options *options, char **lines)
{
	struct machine *machine = calloc(1, sizeof *machine);
	char *text = NULL;
	size_t bytes;
	if (!machine)
		abort();
	program_init(&machine->program, source);
	machine->out = open_memstream(&text, &bytes);
	if (!machine->out)
		abort();
	int code = gt_run(options, run_main, machine);
	fclose(machine->out);
	while (machine->kept) {
		struct kept *kept = machine->kept;
		machine->kept = kept->next;
		gt_error_release(kept->error);
		free(kept);
	}
	program_fini(&machine->program);
	free(machine);
	if (lines)
		*lines = text;
	else
		free(text);
	return code;
}
