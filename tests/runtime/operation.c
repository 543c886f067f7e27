/* The operations of the little language: one function each, in one table. */
#include <stdlib.h>
#include <string.h>

#include "tests/runtime/machine.h"

typedef struct outcome operation(const struct frame *frame, const struct program_node *node);

static struct outcome ok(const struct frame *frame, int code)
{
	return outcome_of(frame, code, "ok");
}

static struct outcome value(const struct frame *frame, const char *text)
{
	return outcome_of(frame, 0, text);
}

static struct outcome number(const struct frame *frame, int code, intmax_t n)
{
	char text[24];
	snprintf(text, sizeof text, "%jd", n);
	return outcome_of(frame, code, text);
}

static uint64_t ms(const char *word)
{
	return GT_MS(strtoull(word, NULL, 10));
}

static void *object(const struct frame *frame, const struct program_node *node)
{
	return machine_find(frame->machine, node->words[1], false)->object;
}

/* ---- Time and callbacks ---- */

static struct outcome do_sleep(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, gt_sleep(ms(node->words[1])));
}

static struct outcome do_busy(const struct frame *frame, const struct program_node *node)
{
	gt_block(ms(node->words[1]));
	return ok(frame, 0);
}

struct call {
	struct machine *machine;
	const char *word;
};

static void call(void *arg)
{
	struct call *c = arg;
	machine_print(c->machine, c->word);
}

static struct call *make_call(const struct frame *frame, const char *word)
{
	struct call *c = machine_keep(frame->machine, sizeof *c);
	*c = (struct call){frame->machine, word};
	return c;
}

static struct outcome do_call_soon(const struct frame *frame, const struct program_node *node)
{
	const char *word = node->words[1];
	return ok(frame, gt_call_soon(call, make_call(frame, word), word));
}

static struct outcome do_call_later(const struct frame *frame, const struct program_node *node)
{
	const char *word = node->words[2];
	bool made = gt_call_later(ms(node->words[1]), call, make_call(frame, word), word);
	return ok(frame, made ? 0 : GT_ENOMEM);
}

/* ---- Tasks ---- */

static struct gt_task *task_of(const struct frame *frame, const char *name)
{
	struct named *named = machine_find(frame->machine, name, true);
	return named ? named->task : NULL;
}

/* The tasks of the words from `first` on that are bound; with `distinct` each once. */
static size_t tasks_of(const struct frame *frame, const struct program_node *node, size_t first,
                       bool distinct, struct gt_task *tasks[PROGRAM_WORDS_MAX],
                       const char *names[PROGRAM_WORDS_MAX])
{
	size_t n = 0;
	memset(tasks, 0, PROGRAM_WORDS_MAX * sizeof tasks[0]);
	for (size_t i = first; i < node->n_words; i++) {
		struct gt_task *task = task_of(frame, node->words[i]);
		bool known = !task;
		for (size_t k = 0; distinct && k < n; k++)
			known = known || tasks[k] == task;
		if (known)
			continue;
		names[n] = node->words[i];
		tasks[n++] = task;
	}
	return n;
}

static struct outcome do_spawn(const struct frame *frame, const struct program_node *node)
{
	bool made = machine_spawn(frame, node->words[1], node->words[2], false);
	return ok(frame, made ? 0 : GT_ENOMEM);
}

static struct outcome do_gspawn(const struct frame *frame, const struct program_node *node)
{
	if (!frame->group)
		return value(frame, "nogroup");
	bool made = machine_spawn(frame, node->words[1], node->words[2], true);
	return ok(frame, made ? 0 : gt_error_code(gt_error()));
}

static struct outcome do_await(const struct frame *frame, const struct program_node *node)
{
	struct gt_task *task = task_of(frame, node->words[1]);
	if (!task)
		return value(frame, "unbound");
	int code = gt_await(task);
	return outcome_of(frame, code, gt_text(task));
}

static struct outcome do_shield(const struct frame *frame, const struct program_node *node)
{
	struct gt_task *task = task_of(frame, node->words[1]);
	if (!task)
		return value(frame, "unbound");
	int code = gt_shield(task, NULL);
	return outcome_of(frame, code, gt_text(task));
}

static struct outcome do_wait_for(const struct frame *frame, const struct program_node *node)
{
	struct gt_task *task = task_of(frame, node->words[1]);
	if (!task)
		return value(frame, "unbound");
	int code = gt_wait_for(task, ms(node->words[2]), NULL);
	return outcome_of(frame, code, gt_text(task));
}

static struct outcome do_cancel(const struct frame *frame, const struct program_node *node)
{
	struct gt_task *task = task_of(frame, node->words[1]);
	if (!task)
		return value(frame, "unbound");
	return value(frame, gt_cancel(task) ? "True" : "False");
}

static struct outcome gather(const struct frame *frame, const struct program_node *node, bool all)
{
	struct gt_task *tasks[PROGRAM_WORDS_MAX];
	const char *names[PROGRAM_WORDS_MAX];
	struct gt_outcome outcomes[PROGRAM_WORDS_MAX] = {{0}};
	char text[160] = "[", one[80];
	size_t used = 1, n = tasks_of(frame, node, 1, false, tasks, names);
	int code = all ? gt_gather_all(tasks, n, outcomes) : gt_gather(tasks, n, NULL);
	for (size_t i = 0; !code && i < n; i++) {
		outcome_text(outcomes[i].code, outcomes[i].error, gt_text(tasks[i]), one,
		             sizeof one);
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i ? "," : "",
		                         one);
	}
	snprintf(text + used, sizeof text - used, "]");
	return outcome_of(frame, code, text);
}

static struct outcome do_gather(const struct frame *frame, const struct program_node *node)
{
	return gather(frame, node, false);
}

static struct outcome do_gather_ex(const struct frame *frame, const struct program_node *node)
{
	return gather(frame, node, true);
}

static struct outcome wait_when(const struct frame *frame, const struct program_node *node,
                                enum gt_when when)
{
	struct gt_task *tasks[PROGRAM_WORDS_MAX];
	const char *names[PROGRAM_WORDS_MAX];
	char text[160] = "done=";
	size_t used = 5, n = tasks_of(frame, node, 2, true, tasks, names);
	if (!n)
		return value(frame, "unbound");
	uint64_t limit_ns = *node->words[1] == '-' ? GT_FOREVER : ms(node->words[1]);
	int code = gt_wait(tasks, n, when, limit_ns);
	/* a handle that has got another task meanwhile is not named */
	for (size_t i = 0; !code && i < n; i++)
		if (gt_is_done(tasks[i]) && task_of(frame, names[i]) == tasks[i])
			used += (size_t)snprintf(text + used, sizeof text - used, "%s%s",
			                         used > 5 ? "," : "", names[i]);
	return outcome_of(frame, code, text);
}

static struct outcome do_wait_first(const struct frame *frame, const struct program_node *node)
{
	return wait_when(frame, node, GT_FIRST_COMPLETED);
}

static struct outcome do_wait_all(const struct frame *frame, const struct program_node *node)
{
	return wait_when(frame, node, GT_ALL_COMPLETED);
}

static struct outcome do_wait_exc(const struct frame *frame, const struct program_node *node)
{
	return wait_when(frame, node, GT_FIRST_EXCEPTION);
}

static struct outcome do_as_completed(const struct frame *frame, const struct program_node *node)
{
	struct gt_task *tasks[PROGRAM_WORDS_MAX], *task;
	const char *names[PROGRAM_WORDS_MAX];
	char text[200], how[160];
	struct outcome o = ok(frame, 0);
	size_t n = tasks_of(frame, node, 1, true, tasks, names);
	struct gt_completion *completion = gt_as_completed(tasks, n);
	for (size_t k = 1; k <= n && !o.code; k++) {
		o = ok(frame, gt_as_completed_next(completion, &task));
		if (!o.code) /* a task that is done does not suspend */
			o = outcome_of(frame, gt_await(task), gt_text(task));
		if (o.code && gt_cancelling(gt_self()))
			break;
		outcome_text(o.code, o.error, o.text, how, sizeof how);
		snprintf(text, sizeof text, "as_completed %zu %s", k, how);
		machine_print(frame->machine, text);
		o = ok(frame, 0);
	}
	gt_as_completed_end(completion);
	return o;
}

/* ---- Scopes ---- */

/* The code with which a scope is left, and the error that belongs to it. */
static int scope_code(const struct outcome *o)
{
	return o->error ? gt_reraise(o->error) : o->code;
}

static struct outcome do_group(const struct frame *frame, const struct program_node *node)
{
	struct frame inner = *frame;
	inner.group = gt_group_enter();
	struct outcome o = run_block(&inner, node->inner);
	return ok(frame, gt_group_exit(inner.group, scope_code(&o)));
}

static struct outcome do_timeout(const struct frame *frame, const struct program_node *node)
{
	struct gt_timeout *timeout = gt_timeout_enter(ms(node->words[1]));
	struct outcome o = run_block(frame, node->inner);
	return ok(frame, gt_timeout_exit(timeout, scope_code(&o)));
}

static int acquire(const struct frame *frame, const struct program_node *node)
{
	struct named *named = machine_find(frame->machine, node->words[1], false);
	if (named->kind == LOCK)
		return gt_lock_acquire(named->object);
	if (named->kind == COND)
		return gt_cond_acquire(named->object);
	return gt_sem_acquire(named->object);
}

static int release(const struct frame *frame, const struct program_node *node)
{
	struct named *named = machine_find(frame->machine, node->words[1], false);
	if (named->kind == LOCK)
		return gt_lock_release(named->object);
	if (named->kind == COND)
		return gt_cond_release(named->object);
	return gt_sem_release(named->object);
}

static struct outcome do_acquire(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, acquire(frame, node));
}

static struct outcome do_release(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, release(frame, node));
}

static struct outcome do_with(const struct frame *frame, const struct program_node *node)
{
	int code = acquire(frame, node);
	if (code)
		return ok(frame, code);
	struct outcome o = run_block(frame, node->inner);
	code = release(frame, node);
	if (code)
		return ok(frame, code);
	return o.code ? o : ok(frame, 0);
}

/* ---- Events, conditions, barriers ---- */

static struct outcome do_set(const struct frame *frame, const struct program_node *node)
{
	gt_event_set(object(frame, node));
	return ok(frame, 0);
}

static struct outcome do_clear(const struct frame *frame, const struct program_node *node)
{
	gt_event_clear(object(frame, node));
	return ok(frame, 0);
}

static struct outcome do_ewait(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, gt_event_wait(object(frame, node)));
}

static struct outcome do_cwait(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, gt_cond_wait(object(frame, node)));
}

static struct outcome do_notify(const struct frame *frame, const struct program_node *node)
{
	size_t n = strtoul(node->words[2], NULL, 10);
	return ok(frame, gt_cond_notify(object(frame, node), n));
}

static struct outcome do_notify_all(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, gt_cond_notify_all(object(frame, node)));
}

static struct outcome do_bwait(const struct frame *frame, const struct program_node *node)
{
	size_t position = 0;
	int code = gt_barrier_wait(object(frame, node), &position);
	return number(frame, code, (intmax_t)position);
}

static struct outcome do_babort(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, gt_barrier_abort(object(frame, node)));
}

static struct outcome do_breset(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, gt_barrier_reset(object(frame, node)));
}

/* ---- Queues ---- */

static struct outcome do_put(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, gt_queue_put(object(frame, node), strtol(node->words[2], NULL, 10)));
}

static struct outcome do_put_nowait(const struct frame *frame, const struct program_node *node)
{
	intptr_t item = strtol(node->words[2], NULL, 10);
	return ok(frame, gt_queue_put_nowait(object(frame, node), item));
}

static struct outcome do_get(const struct frame *frame, const struct program_node *node)
{
	intptr_t item = 0;
	int code = gt_queue_get(object(frame, node), &item);
	return number(frame, code, item);
}

static struct outcome do_get_nowait(const struct frame *frame, const struct program_node *node)
{
	intptr_t item = 0;
	int code = gt_queue_get_nowait(object(frame, node), &item);
	return number(frame, code, item);
}

static struct outcome do_task_done(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, gt_queue_task_done(object(frame, node)));
}

static struct outcome do_join(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, gt_queue_join(object(frame, node)));
}

/* ---- Futures ---- */

static struct outcome do_fset(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, gt_future_set(object(frame, node), (intptr_t)node->words[2]));
}

static struct outcome do_fraise(const struct frame *frame, const struct program_node *node)
{
	return ok(frame, gt_future_fail(object(frame, node), node->words[2], ""));
}

static struct outcome do_fcancel(const struct frame *frame, const struct program_node *node)
{
	return value(frame, gt_future_cancel(object(frame, node)) ? "True" : "False");
}

static struct outcome do_fwait(const struct frame *frame, const struct program_node *node)
{
	intptr_t text = 0;
	int code = gt_future_await(object(frame, node), &text);
	return outcome_of(frame, code, code ? "" : (const char *)text);
}

/* ---- The table ---- */

static const struct {
	const char *name;
	operation *run;
} operations[] = {
        {"sleep", do_sleep},
        {"busy", do_busy},
        {"call_soon", do_call_soon},
        {"call_later", do_call_later},
        {"spawn", do_spawn},
        {"gspawn", do_gspawn},
        {"await", do_await},
        {"shield", do_shield},
        {"wait_for", do_wait_for},
        {"cancel", do_cancel},
        {"gather", do_gather},
        {"gather_ex", do_gather_ex},
        {"wait_first", do_wait_first},
        {"wait_all", do_wait_all},
        {"wait_exc", do_wait_exc},
        {"as_completed", do_as_completed},
        {"group", do_group},
        {"timeout", do_timeout},
        {"with", do_with},
        {"acquire", do_acquire},
        {"release", do_release},
        {"set", do_set},
        {"clear", do_clear},
        {"ewait", do_ewait},
        {"cwait", do_cwait},
        {"notify", do_notify},
        {"notify_all", do_notify_all},
        {"bwait", do_bwait},
        {"babort", do_babort},
        {"breset", do_breset},
        {"put", do_put},
        {"put_nowait", do_put_nowait},
        {"get", do_get},
        {"get_nowait", do_get_nowait},
        {"task_done", do_task_done},
        {"join", do_join},
        {"fset", do_fset},
        {"fraise", do_fraise},
        {"fcancel", do_fcancel},
        {"fwait", do_fwait},
};

struct outcome operate(const struct frame *frame, const struct program_node *node)
{
	char text[400], how[180];
	for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
		if (strcmp(operations[i].name, node->words[0]))
			continue;
		machine_print(frame->machine, node->text);
		struct outcome o = operations[i].run(frame, node);
		outcome_text(o.code, o.error, o.text, how, sizeof how);
		snprintf(text, sizeof text, "%s -> %s", node->text, how);
		machine_print(frame->machine, text);
		return o;
	}
	fprintf(stderr, "unknown operation: %s\n", node->text);
	abort();
}
