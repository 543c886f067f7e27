/* What a recording tells of every primitive, record by record: who waits for what and until when, the level and the line of each object, who
 * holds it, which scopes are open, what was cancelled, whose error nobody asked for. A schedule may be right and its picture wrong.
 *
 * Told in words, one for each record, times in ms before the first word of an instant:
 *   lock=1/0      its level, and how many wait for it      a+lock, a-lock   a holds it, gives it back
 *   a?lock        a waits for the lock                     a?sleep<5        until 5
 *   a(timeout<5   a scope opens, or gets another limit     a)timeout        it closes
 *   a~requested   a phase of its cancellation              a!never-retrieved
 *   a<set:b       b makes it ready by setting something; told of neither a start nor a yield
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"
#include "trace/vocabulary.h"

/* ---- Telling ---- */

struct teller {
	char text[4096];
	size_t n;
	uint64_t t_ns;
	const struct trace_model *model;
	char tasks[16][16], objects[16][24];
};

static void say(struct teller *t, const struct trace_record *r, const char *format, ...)
        GT_PRINTF(3, 4);
static void say(struct teller *t, const struct trace_record *r, const char *format, ...)
{
	va_list args;
	if (r->t_ns != t->t_ns)
		t->n += (size_t)snprintf(t->text + t->n, sizeof t->text - t->n,
		                         "%ju: ", (uintmax_t)(r->t_ns / GT_MS(1)));
	t->t_ns = r->t_ns;
	va_start(args, format);
	t->n += (size_t)vsnprintf(t->text + t->n, sizeof t->text - t->n, format, args);
	va_end(args);
	t->n += (size_t)snprintf(t->text + t->n, sizeof t->text - t->n, " ");
	assert_true(t->n < sizeof t->text);
}

static const char *task_of(const struct teller *t, uint32_t id)
{
	return id < 16 ? t->tasks[id] : "?";
}

static const char *object_of(const struct teller *t, uint32_t id)
{
	return id < 16 ? t->objects[id] : "?";
}

/* What a wait is for, by the name of the thing if it has one. */
static void say_wait(struct teller *t, const struct trace_record *r)
{
	unsigned on = r->arg & (unsigned)~TRACE_TIMED;
	const char *thing = trace_on_name(on);
	char until[32] = "";
	if (r->a)
		thing = trace_on_is_task(on) ? task_of(t, r->a) : object_of(t, r->a);
	if (r->arg & TRACE_TIMED)
		snprintf(until, sizeof until, "<%ju",
		         (uintmax_t)((r->b | (uint64_t)r->c << 32) / GT_MS(1)));
	say(t, r, "%s?%s%s", task_of(t, r->id), thing, until);
}

static void say_scope(struct teller *t, const struct trace_record *r)
{
	char until[32] = "";
	if (r->arg & TRACE_TIMED)
		snprintf(until, sizeof until, "<%ju",
		         (uintmax_t)((r->b | (uint64_t)r->c << 32) / GT_MS(1)));
	say(t, r, "%s%s%s%s", task_of(t, r->id), r->arg & 1 ? "(" : ")",
	    trace_scope_kind_name(r->sub), until);
}

static void tell(struct teller *t, const struct trace_record *r)
{
	switch (r->kind) {
	case TRACE_TASK:
		assert_true(r->id < 16);
		trace_model_string(t->model, r->a, t->tasks[r->id], sizeof t->tasks[0]);
		break;
	case TRACE_OBJECT:
		assert_true(r->id < 16);
		trace_model_string(t->model, r->a, t->objects[r->id], sizeof t->objects[0]);
		break;
	case TRACE_STATE:
		if (r->sub == TRACE_STATE_WAITING)
			say_wait(t, r);
		/* nothing has woken those who begin or only gave others a turn */
		if (r->sub == TRACE_STATE_READY &&
		    (r->arg == TRACE_WHY_START || r->arg == TRACE_WHY_YIELD))
			assert_int_equal(r->a, 0);
		if (r->sub == TRACE_STATE_READY && r->arg != TRACE_WHY_START &&
		    r->arg != TRACE_WHY_YIELD)
			say(t, r, "%s<%s:%s", task_of(t, r->id), trace_why_name(r->arg),
			    r->b ? task_of(t, r->b) : "loop");
		break;
	case TRACE_LEVEL:
		say(t, r, "%s=%jd/%u", object_of(t, r->id),
		    (intmax_t)(int64_t)(r->b | (uint64_t)r->c << 32), (unsigned)r->a);
		break;
	case TRACE_HOLD:
		say(t, r, "%s%s%s", task_of(t, r->a), r->sub ? "+" : "-", object_of(t, r->id));
		break;
	case TRACE_SCOPE:
		say_scope(t, r);
		break;
	case TRACE_CANCEL:
		say(t, r, "%s~%s", task_of(t, r->id), trace_cancel_phase_name(r->sub));
		break;
	case TRACE_ERROR:
		say(t, r, "%s!%s", task_of(t, r->id), trace_error_phase_name(r->sub));
		break;
	default:
		break;
	}
}

/* Run it and tell what was recorded. owns: static. */
static const char *told(gt_body *body)
{
	static struct teller t;
	struct trace_model *model =
	        recording_of((struct gt_options)GT_OPTIONS_INIT, body, NULL, NULL);
	assert_int_equal(recording_violations(model), 0);
	t = (struct teller){.model = model, .t_ns = UINT64_MAX};
	for (uint32_t i = 0; i < model->n_events; i++)
		tell(&t, trace_model_event(model, i));
	trace_model_destroy(model);
	if (t.n)
		t.text[t.n - 1] = '\0';
	return t.text;
}

static void assert_told(gt_body *body, const char *expected)
{
	const char *got = told(body);
	if (strcmp(got, expected))
		fail_msg("told\n  %s\ninstead of\n  %s", got, expected);
}

/* ---- Programs ---- */

static int nap(void *arg)
{
	return gt_sleep(GT_MS((uintptr_t)arg));
}

static struct gt_task *napper(const char *name, uintptr_t ms)
{
	return gt_spawn(nap, (void *)ms, "%s", name);
}

static int fail_at(void *arg)
{
	int rc = nap(arg);
	return rc ? rc : gt_raise("ValueError", "%s", "as it was told to");
}

/* Three at one thing: a has it for 5 ms, b is next, c is cancelled at 2. */
struct three {
	int (*take)(void *thing);
	int (*give)(void *thing);
	void *thing;
};

static int hold_it(void *arg)
{
	struct three *three = arg;
	int rc = three->take(three->thing);
	if (rc)
		return rc;
	rc = gt_sleep(GT_MS(5));
	int given = three->give(three->thing);
	return rc ? rc : given;
}

static int three_at(struct three *three)
{
	struct gt_task *a = gt_spawn(hold_it, three, "a"), *b = gt_spawn(hold_it, three, "b");
	struct gt_task *c = gt_spawn(hold_it, three, "c");
	int rc = gt_sleep(GT_MS(2));
	gt_cancel(c);
	gt_release(c);
	if (!rc)
		rc = gt_join(a);
	return rc ? rc : gt_join(b);
}

static int take_lock(void *thing)
{
	return gt_lock_acquire(thing);
}

static int give_lock(void *thing)
{
	return gt_lock_release(thing);
}

static int at_a_lock(void *arg)
{
	(void)arg;
	return three_at(&(struct three){take_lock, give_lock, gt_lock_create("lock")});
}

static int take_permit(void *thing)
{
	return gt_sem_acquire(thing);
}

static int give_permit(void *thing)
{
	return gt_sem_release(thing);
}

static int at_a_semaphore(void *arg)
{
	(void)arg;
	return three_at(&(struct three){take_permit, give_permit, gt_sem_create("sem", 1)});
}

static void three_at_a_thing__told__level_line_and_holder(void **state)
{
	(void)state;
	assert_told(at_a_lock,
	            "0: lock=1/0 main?sleep<2 a+lock lock=0/0 a?sleep<5 lock=0/1 b?lock lock=0/2 "
	            "c?lock "
	            "2: main<timer:loop c~requested c<cancel:main main?a c~delivered lock=0/1 "
	            "5: a<timer:loop a-lock b<release:a lock=1/1 main<done:a b+lock lock=0/0 "
	            "b?sleep<10 main?b "
	            "10: b<timer:loop b-lock lock=1/0 main<done:b");
	assert_told(at_a_semaphore,
	            "0: sem=1/0 main?sleep<2 a+sem sem=0/0 a?sleep<5 sem=0/1 b?sem sem=0/2 c?sem "
	            "2: main<timer:loop c~requested c<cancel:main main?a c~delivered sem=0/1 "
	            "5: a<timer:loop a-sem b<release:a sem=0/1 main<done:a b+sem sem=0/0 "
	            "b?sleep<10 main?b "
	            "10: b<timer:loop b-sem sem=1/0 main<done:b");
}

static int put_two(void *queue)
{
	int rc = gt_queue_put(queue, 1);
	return rc ? rc : gt_queue_put(queue, 2);
}

static int at_a_queue(void *arg)
{
	intptr_t item;
	(void)arg;
	struct gt_queue *queue = gt_queue_create("queue", 1);
	struct gt_task *a = gt_spawn(put_two, queue, "a");
	int rc = gt_queue_get(queue, &item);
	if (!rc)
		rc = gt_sleep(GT_MS(1));
	if (!rc)
		rc = gt_queue_get(queue, &item);
	gt_release(a);
	return rc;
}

static void queue__told__how_many_are_in_it_and_wait(void **state)
{
	(void)state;
	assert_told(at_a_queue, "0: queue=0/0 queue=0/1 main?queue main<put:a queue=1/1 queue=1/2 "
	                        "a?queue a<get:main queue=0/1 main?sleep<1 queue=1/0 "
	                        "1: main<timer:loop queue=0/0");
}

static int stand_at(void *barrier)
{
	int rc = gt_barrier_wait(barrier, NULL);
	return rc == GT_EBROKEN ? 0 : rc;
}

/* Two pass, and the third waits until it is broken. */
static int at_a_barrier(void *arg)
{
	(void)arg;
	struct gt_barrier *barrier = gt_barrier_create("bar", 2);
	for (int i = 0; i < 3; i++)
		gt_release(gt_spawn(stand_at, barrier, "%c", 'a' + i));
	int rc = gt_sleep(GT_MS(1));
	return rc ? rc : gt_barrier_abort(barrier);
}

static void barrier__told__who_stands_at_it_and_no_lock(void **state)
{
	(void)state;
	const char *text = told(at_a_barrier);
	assert_non_null(strstr(text, "bar=1/1 a?bar"));
	assert_non_null(strstr(text, "bar=1/1 c?bar"));
	assert_non_null(strstr(text, "c<notify:main"));
	assert_null(strchr(text, '+')); /* the lock inside of it is nobody's business */
	assert_string_equal(text + strlen(text) - strlen("bar=0/0"), "bar=0/0");
}

static int work_with_lock(void *lock)
{
	int rc = gt_thread_lock_acquire(lock);
	if (rc)
		return rc;
	gt_block(GT_MS(2));
	return gt_thread_lock_release(lock);
}

static int in_a_thread(void *lock)
{
	return gt_thread(work_with_lock, lock, "work");
}

static int at_a_thread_lock(void *arg)
{
	(void)arg;
	struct gt_thread_lock *lock = gt_thread_lock_create("lock");
	struct gt_task *a = gt_spawn(in_a_thread, lock, "a"), *b = gt_spawn(in_a_thread, lock, "b");
	int rc = gt_join(a);
	return rc ? rc : gt_join(b);
}

static void thread_lock__told__who_of_the_threads_has_it(void **state)
{
	(void)state;
	assert_told(at_a_thread_lock,
	            "0: lock=1/0 main?a a+lock lock=0/0 a?thread lock=0/1 b?thread "
	            "2: a-lock b+lock lock=0/0 a<thread:loop main<done:a main?b "
	            "4: b-lock lock=1/0 b<thread:loop main<done:b");
}

/* ---- Waits ---- */

static int sleep_then_await(void *arg)
{
	(void)arg;
	struct gt_task *a = napper("a", 3);
	int rc = gt_sleep(GT_MS(1));
	return rc ? rc : gt_join(a);
}

static void await__after_a_sleep__has_no_end_of_its_own(void **state)
{
	(void)state;
	assert_told(sleep_then_await, "0: main?sleep<1 a?sleep<3 "
	                              "1: main<timer:loop main?a "
	                              "3: a<timer:loop main<done:a");
}

static int cancelled_then_woken(void *arg)
{
	struct gt_event *event = arg;
	int rc = gt_event_wait(event);
	if (rc != GT_ECANCELED)
		return GT_EVALUE;
	rc = gt_event_wait(event);
	return rc ? rc : gt_sleep(0);
}

static int cancel_then_set(void *arg)
{
	(void)arg;
	struct gt_event *event = gt_event_create("event");
	struct gt_task *a = gt_spawn(cancelled_then_woken, event, "a");
	int rc = gt_sleep(GT_MS(1));
	gt_cancel(a);
	if (!rc)
		rc = gt_sleep(GT_MS(1));
	(void)gt_event_set(event);
	return rc ? rc : gt_join(a);
}

static void wake__after_a_cancellation_was_swallowed__is_a_wake(void **state)
{
	(void)state;
	assert_told(
	        cancel_then_set,
	        "0: event=0/0 main?sleep<1 event=0/1 a?event "
	        "1: main<timer:loop a~requested a<cancel:main main?sleep<2 a~delivered event=0/0 "
	        "event=0/1 a?event "
	        "2: main<timer:loop a<set:main event=1/1 main?a event=1/0 a~swallowed main<done:a");
}

/* ---- Scopes, and errors that somebody saw ---- */

static int shield_it(void *task)
{
	return gt_shield(task, NULL);
}

static int shielded_failure(void *arg)
{
	(void)arg;
	struct gt_task *a = gt_spawn(fail_at, (void *)1, "a");
	int rc = gt_shield(a, NULL);
	gt_release(a);
	return rc == GT_EFAILED ? 0 : GT_EVALUE;
}

static int shielded_failure_behind_a_cancelled_one(void *arg)
{
	(void)arg;
	struct gt_task *a = gt_spawn(fail_at, (void *)3, "a"), *b = gt_spawn(shield_it, a, "b");
	int rc = gt_sleep(GT_MS(1));
	gt_cancel(b);
	if (!rc)
		rc = gt_sleep(GT_MS(4));
	gt_release(a);
	gt_release(b);
	return rc;
}

/* The one who waits is cancelled between the failure and its news. source: shield's _inner_done_callback, which asks for the error then. */
static int shielded_failure_and_cancelled_at_once(void *arg)
{
	(void)arg;
	struct gt_task *a = gt_spawn(fail_at, (void *)1, "a"), *b = gt_spawn(shield_it, a, "b");
	int rc = gt_sleep(0);
	if (!rc)
		rc = gt_sleep(GT_MS(1));
	gt_cancel(b);
	if (!rc)
		rc = gt_sleep(GT_MS(1));
	gt_release(a);
	gt_release(b);
	return rc;
}

static int group_with_a_failure(void *arg)
{
	(void)arg;
	struct gt_group *group = gt_group_enter();
	(void)gt_group_spawn(group, fail_at, (void *)1, "a");
	(void)gt_group_spawn(group, nap, (void *)9, "b");
	return gt_group_exit(group, 0) == GT_EGROUP ? 0 : GT_EVALUE;
}

static int limit_that_moves(void *arg)
{
	(void)arg;
	struct gt_timeout *limit = gt_timeout_enter(GT_MS(5));
	int rc = gt_sleep(GT_MS(1));
	if (!rc)
		rc = gt_timeout_reschedule(limit, GT_MS(2));
	if (!rc)
		rc = gt_sleep(GT_MS(9));
	return gt_timeout_exit(limit, rc) == GT_ETIMEDOUT ? 0 : GT_EVALUE;
}

static void scopes__told__open_and_closed(void **state)
{
	(void)state;
	assert_told(shielded_failure, "0: main(shield main?a a?sleep<1 "
	                              "1: a<timer:loop main<done:a main)shield");
	assert_told(shielded_failure_behind_a_cancelled_one,
	            "0: main?sleep<1 a?sleep<3 b(shield b?a "
	            "1: main<timer:loop b~requested a~shielded b<cancel:main main?sleep<5 "
	            "b~delivered b)shield "
	            "3: a<timer:loop "
	            "5: main<timer:loop a!never-retrieved");
	assert_told(shielded_failure_and_cancelled_at_once,
	            "0: a?sleep<1 b(shield b?a main?sleep<1 "
	            "1: a<timer:loop main<timer:loop b~requested a~shielded b<cancel:main "
	            "main?sleep<2 b~delivered b)shield "
	            "2: main<timer:loop");
	assert_told(group_with_a_failure,
	            "0: main(group main?group a?sleep<1 b?sleep<9 "
	            "1: a<timer:loop b~requested b<cancel:a main~requested main<cancel:a "
	            "b~delivered main~delivered main?group main<done:b main)group");
	assert_told(limit_that_moves,
	            "0: main(timeout<5 main?sleep<1 "
	            "1: main<timer:loop main(timeout<2 main?sleep<10 "
	            "2: main~requested main<cancel:loop main~delivered main)timeout");
}

static int failure_let_go_of(void *arg)
{
	(void)arg;
	gt_release(gt_spawn(fail_at, (void *)1, "a"));
	return gt_sleep(GT_MS(3));
}

static int failure_asked_for(void *arg)
{
	(void)arg;
	struct gt_task *a = gt_spawn(fail_at, (void *)1, "a");
	int rc = gt_sleep(GT_MS(3));
	const struct gt_error *error = gt_task_error(a);
	gt_release(a);
	return error ? rc : GT_EVALUE;
}

static void error__told__where_the_last_one_who_could_ask_lets_go(void **state)
{
	(void)state;
	assert_told(failure_let_go_of, "0: main?sleep<3 a?sleep<1 "
	                               "1: a<timer:loop a!never-retrieved "
	                               "3: main<timer:loop");
	assert_told(failure_asked_for, "0: main?sleep<3 a?sleep<1 "
	                               "1: a<timer:loop "
	                               "3: main<timer:loop");
}

/* ---- Where ---- */

static int line_of_first, line_of_second;

/* The second one is given the memory of the first. */
static int two_births(void *arg)
{
	(void)arg;
	line_of_first = __LINE__ + 1;
	struct gt_task *a = gt_spawn(nap, NULL, "a");
	int rc = gt_join(a);
	line_of_second = __LINE__ + 1;
	struct gt_task *b = gt_spawn(nap, NULL, "b");
	return rc ? rc : gt_join(b);
}

static void birth__told__with_the_line_of_the_spawn(void **state)
{
	(void)state;
	struct trace_model *model =
	        recording_of((struct gt_options)GT_OPTIONS_INIT, two_births, NULL, NULL);
	const int lines[] = {line_of_first, line_of_second};
	for (size_t i = 0; i < 2; i++) {
		const struct trace_record *r = recording_find(model, TRACE_TASK, 0, i + 1);
		char file[128];
		assert_int_equal(trace_model_where(model, r->d, file, sizeof file), lines[i]);
		assert_string_equal(file, __FILE__);
	}
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(three_at_a_thing__told__level_line_and_holder),
	        cmocka_unit_test(queue__told__how_many_are_in_it_and_wait),
	        cmocka_unit_test(thread_lock__told__who_of_the_threads_has_it),
	        cmocka_unit_test(barrier__told__who_stands_at_it_and_no_lock),
	        cmocka_unit_test(await__after_a_sleep__has_no_end_of_its_own),
	        cmocka_unit_test(wake__after_a_cancellation_was_swallowed__is_a_wake),
	        cmocka_unit_test(scopes__told__open_and_closed),
	        cmocka_unit_test(birth__told__with_the_line_of_the_spawn),
	        cmocka_unit_test(error__told__where_the_last_one_who_could_ask_lets_go),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
