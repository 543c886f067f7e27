/* Asynchronous generators: a body on a stack of its own that runs as part of whichever task asks it for the next value.
 *
 * source: PEP 525; Runner.run's shutdown_asyncgens and the finalizer hook of base_events.py. While the generator runs, the task's
 * place (`on`) is the generator's stack, so a wait inside it suspends the task there.
 */
#include <stdlib.h>
#include <string.h>

#include "runtime/handle.h"
#include "runtime/state.h"

#undef gt_gen_next
#undef gt_gen_send
#undef gt_gen_throw
#undef gt_gen_close
#undef gt_gen_release
#undef gt_yield
#undef gt_yield_sent

enum gen_state { FRESH, SUSPENDED, RUNNING, FINISHED };

struct gt_gen {
	struct gt__object object; /* first */
	gt_gen_body *body;
	void *arg;
	enum gen_state state;
	struct gt__coro coro;
	struct gt__coro *caller; /* who asked for the next value */
	struct gt_gen *outer;    /* the generator that asked, NULL: a task's own body */
	intptr_t value;          /* given out last */
	intptr_t sent;           /* that the body is resumed with */
	int thrown;              /* a code that it is resumed with, 0: none */
	int code;                /* what the body returned */
	bool closing;            /* this resume is to end it */
	bool was_asked;          /* for anything but its end */
	bool was_closed;         /* it has been asked to end, and perhaps has yielded instead */
	bool is_released;        /* nobody has it any more but the task that is to close it */
	struct gt_task *closer;  /* the task that is to close it, NULL: none. owns a reference */
};

/* Whether it has been asked for something, has not ended, and has not refused to: then it is not let go of without an end. */
static bool can_end(const struct gt_gen *gen)
{
	return !gen->was_closed &&
	       (gen->state == SUSPENDED || (gen->state == FRESH && gen->was_asked));
}

static void destroy(struct gt__object *object)
{
	struct gt_gen *gen = (struct gt_gen *)(void *)object;
	gt__object_fini(object);
	if (gen->state == SUSPENDED)
		gt__coro_fini(&gen->coro);
	if (gen->closer)
		gt__task_unref(gen->closer);
	free(gen);
}

struct gt_gen *gt_gen_create(gt_gen_body *body, void *arg, const char *name)
{
	if (!body && gt__refuse_value(__func__, "there is no body"))
		return NULL;
	struct gt_gen *gen = gt__loop ? calloc(1, sizeof *gen) : NULL;
	if (!gen)
		return NULL;
	gen->body = body;
	gen->arg = arg;
	gt__object_init(&gen->object, TRACE_OBJECT_GENERATOR, name, 0, destroy);
	return gen;
}

static void entry(void)
{
	gt__coro_entered();
	struct gt_task *task = gt__loop->current;
	struct gt_gen *gen = task->gen;
	gen->code = gen->body(gen, gen->arg);
	gen->state = FINISHED;
	task = gt__loop->current; /* another task may have asked for this value */
	task->gen = gen->outer;
	task->on = gen->caller;
	gt__coro_leave(&gen->coro, gen->caller, gen->caller->sp);
	abort(); /* nobody switches to a finished generator */
}

/* Let the body go on until it yields or ends, as part of the running task. */
static int resume(struct gt__loop *loop, struct gt_gen *gen)
{
	struct gt_task *task = loop->current;
	if (gen->state == FRESH) {
		struct gt__stack *stack = gt__stack_get(&loop->stacks);
		if (!stack)
			return gt__bare(GT_ENOMEM);
		gt__coro_init(&gen->coro, stack, entry);
	}
	struct gt__coro *here = task->on;
	gen->state = RUNNING;
	gen->caller = here;
	gen->outer = task->gen;
	task->gen = gen;
	task->on = &gen->coro;
	gt__coro_switch(here, &gen->coro);
	if (gen->state != FINISHED)
		return 0;
	gt__stack_put(&loop->stacks, gen->coro.stack);
	gt__coro_fini(&gen->coro);
	return gen->code;
}

/* Let the body go on with `sent` and `thrown`, up to its next value or its end. */
static int go_on(struct gt_gen *gen, intptr_t sent, int thrown, intptr_t *value)
{
	gen->sent = sent;
	gen->thrown = thrown;
	int rc = resume(gt__loop, gen);
	if (rc)
		return rc;
	if (gen->state == FINISHED)
		return gt__bare(GT_ESTOP);
	if (value)
		*value = gen->value;
	return 0;
}

/* Return 0 when `call` may let the generator go on. */
static int check_resumable(struct gt_gen *gen, const char *call)
{
	int refused = gt__check_object(gen, call);
	if (refused)
		return refused;
	if (!gt__loop->current)
		return GT_ENOLOOP;
	if (gen->state == RUNNING)
		return gt__raise(GT_ESTATE, "RuntimeError", "the generator is already running");
	gen->was_asked = true;
	return gen->state == FINISHED ? gt__bare(GT_ESTOP) : 0;
}

int gt_gen_next(struct gt_gen *gen, intptr_t *value)
{
	int refused = check_resumable(gen, __func__);
	return refused ? refused : go_on(gen, 0, 0, value);
}

int gt_gen_send(struct gt_gen *gen, intptr_t sent, intptr_t *value)
{
	int refused = check_resumable(gen, __func__);
	if (refused)
		return refused;
	if (gen->state == FRESH)
		return gt__raise(GT_ESTATE, "TypeError",
		                 "can't send a value to a just-started generator");
	return go_on(gen, sent, 0, value);
}

int gt_gen_throw(struct gt_gen *gen, int code, intptr_t *value)
{
	int refused = check_resumable(gen, __func__);
	if (refused)
		return refused;
	if (code >= 0)
		return gt__refuse_value(__func__, "this is no code of an error");
	if (gt_error_code(gt_error()) != code)
		(void)gt__bare(code);
	if (gen->was_closed)
		return gt__bare(GT_ESTOP);
	if (gen->state == FRESH) {
		gen->state = FINISHED; /* its body never runs */
		return code;
	}
	return go_on(gen, 0, code, value);
}

int gt_yield_sent(struct gt_gen *gen, intptr_t value, intptr_t *sent)
{
	struct gt_task *task = gt_self();
	/* its own body may yield even when the program has let it go, and it is being closed */
	if (!gen || !task || task->gen != gen) {
		int refused = gt__check_object(gen, __func__);
		return refused ? refused
		               : gt__raise(GT_ESTATE, "RuntimeError",
		                           "only the generator's own body yields");
	}
	gen->value = value;
	gen->state = SUSPENDED;
	task->gen = gen->outer;
	task->on = gen->caller;
	gt__coro_switch(&gen->coro, gen->caller);
	if (sent)
		*sent = gen->sent;
	return gen->closing ? GT_ESTOP : gen->thrown;
}

int gt_yield(struct gt_gen *gen, intptr_t value)
{
	return gt_yield_sent(gen, value, NULL);
}

static int end(struct gt__loop *loop, struct gt_gen *gen)
{
	if (gen->state == RUNNING)
		return gt__raise(GT_ESTATE, "RuntimeError", "the generator is already running");
	if (gen->state == FRESH)
		gen->state = FINISHED; /* its body never runs */
	if (gen->state == FINISHED)
		return 0;
	if (gen->was_closed)
		return gt__bare(GT_ESTOP);
	gen->closing = gen->was_closed = true;
	gen->sent = 0;
	int rc = resume(loop, gen);
	gen->closing = false;
	if (gen->state != FINISHED)
		return gt__raise(GT_ESTATE, "RuntimeError",
		                 "async generator ignored GeneratorExit");
	return rc == GT_ESTOP ? 0 : rc;
}

int gt_gen_close(struct gt_gen *gen)
{
	int refused = gt__check_object(gen, __func__);
	if (refused)
		return refused;
	return gt__loop->current ? end(gt__loop, gen) : GT_ENOLOOP;
}

/* What comes in place of its end, when the task that closes it is cancelled before its first step: athrow_throw in genobject.c. */
static int end_by(struct gt__loop *loop, struct gt_gen *gen, int code)
{
	if (gen->state == FRESH) {
		gen->state = FINISHED;
		return gt__bare(code);
	}
	gen->sent = 0;
	gen->thrown = code;
	int rc = resume(loop, gen);
	if (gen->state != FINISHED)
		return gt__raise(GT_ESTATE, "RuntimeError",
		                 "async generator ignored GeneratorExit");
	return rc == GT_ESTOP ? 0 : rc;
}

static int close_body(void *arg)
{
	struct gt_gen *gen = arg;
	int code = gt__loop->current->resume_code;
	int rc = code ? end_by(gt__loop, gen, code) : end(gt__loop, gen);
	destroy(&gen->object);
	return rc;
}

/* Let a task close it, once. Without memory for one it stays as it is, and is closed with the loop. */
static struct gt_task *closer_of(struct gt__loop *loop, struct gt_gen *gen)
{
	if (!gen->closer) {
		gen->closer = gt__task_create(loop, close_body, gen, "aclose", strlen("aclose"));
		if (gen->closer)
			gt__rest(gen->closer)->begins_cancelled = true;
	}
	return gen->closer;
}

/* Nobody asked for it: the task is the loop's own, whoever let the generator go. */
static void start_close(void *arg)
{
	struct gt__loop *loop = gt__loop;
	uint32_t acting = loop->acting;
	loop->acting = 0;
	(void)closer_of(loop, arg);
	loop->acting = acting;
}

/* The finalizer hook does not make the task itself: it asks the loop to. */
int gt_gen_release(struct gt_gen *gen)
{
	if (!gen)
		return 0;
	int refused = gt__check_object(gen, __func__);
	if (refused)
		return refused;
	if (gen->state == RUNNING)
		return gt__raise(GT_ESTATE, "RuntimeError", "the generator is running");
	if (can_end(gen)) {
		int rc = gt_call_soon(start_close, gen, "close generator");
		if (!rc) {
			gen->is_released = true;
			gt__handle_end(gen);
		}
		return rc;
	}
	destroy(&gen->object);
	return 0;
}

static struct gt_gen *generator(struct gt__node *node)
{
	struct gt__object *object = GT__CONTAINER(node, struct gt__object, in_loop);
	return object->kind == TRACE_OBJECT_GENERATOR ? (struct gt_gen *)(void *)object : NULL;
}

size_t gt__gens_close(struct gt__loop *loop, struct gt_task *tasks[], size_t max)
{
	size_t n = 0;
	for (struct gt__node *node = loop->objects.next; node != &loop->objects;
	     node = node->next) {
		struct gt_gen *gen = generator(node);
		if (!gen || !can_end(gen) || gen->is_released)
			continue;
		if (!tasks)
			n++;
		else if (n < max && closer_of(loop, gen))
			tasks[n++] = gen->closer;
	}
	return n;
}

struct gt_task *gt__gen_close_late(struct gt__loop *loop)
{
	for (struct gt__node *node = loop->objects.next; node != &loop->objects;
	     node = node->next) {
		struct gt_gen *gen = generator(node);
		bool is_closing = gen && gen->closer && !gt__task_is_done(gen->closer);
		if (!gen || (!is_closing && !can_end(gen)))
			continue;
		struct gt_task *closer = closer_of(loop, gen);
		return closer ? gt__task_ref(closer) : NULL;
	}
	return NULL;
}
