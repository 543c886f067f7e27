/* Findings: for each rule a recording that breaks it and one that only nearly does; and what must be so for every recording. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"
#include "trace/analysis/findings.h"

#define MS UINT64_C(1000000)

/* A recording that is being made, and then judged. */
struct story {
	struct make_log log;
	struct trace_model *model;
	struct trace_findings *findings;
};

/* main (task 1) is running, at time 0. */
static void begin(struct story *s)
{
	make_log_init(&s->log);
	make_log_task(&s->log, 1, "main", 0);
	make_log_ready(&s->log, 1, TRACE_WHY_START, 0);
	make_log_run(&s->log, 1);
}

static void add_task(struct story *s, uint32_t task, const char *name)
{
	make_log_task(&s->log, task, name, 1);
	make_log_ready(&s->log, task, TRACE_WHY_START, 1);
}

static void at(struct story *s, uint64_t ms)
{
	s->log.t_ns = ms * MS;
}

static void judge(struct story *s, const uint64_t *limits)
{
	s->model = read_log(&s->log);
	s->findings = trace_findings_create(s->model, limits);
	assert_non_null(s->findings);
	assert_true(trace_findings_update(s->findings, 1) >= 0);
}

static void end(struct story *s)
{
	trace_findings_destroy(s->findings);
	trace_model_destroy(s->model);
	make_log_fini(&s->log);
}

static const struct trace_finding *only(struct story *s, enum trace_finding_kind kind)
{
	if (trace_findings_count(s->findings) != 1)
		fail_msg("%zu findings", trace_findings_count(s->findings));
	const struct trace_finding *f = trace_findings_at(s->findings, 0);
	assert_string_equal(trace_finding_rule(f->kind)->name, trace_finding_rule(kind)->name);
	assert_int_equal(trace_findings_of_kind(s->findings, kind), 1);
	return f;
}

static void assert_text(struct story *s, const char *wanted)
{
	char text[1000];
	trace_finding_text(s->findings, trace_findings_at(s->findings, 0), text, sizeof text);
	assert_string_equal(text, wanted);
}

static void put(struct story *s, struct trace_record r)
{
	r.t_ns = s->log.t_ns;
	make_log_put(&s->log, 1, r);
}

static void findings__no_events__none(void **state)
{
	struct story s;
	(void)state;
	make_log_init(&s.log);
	judge(&s, NULL);
	assert_int_equal(trace_findings_count(s.findings), 0);
	assert_true(trace_findings_step(s.findings, TRACE_NONE, 1) == SIZE_MAX);
	assert_true(trace_findings_step(s.findings, 0, -1) == SIZE_MAX);
	end(&s);
}

static void blocked_loop__step_of_the_limit__is_one_with_who_waited(void **state)
{
	struct story s;
	(void)state;
	begin(&s);
	add_task(&s, 2, "ready");
	at(&s, 100);
	make_log_done(&s.log, 1, TRACE_OUTCOME_RESULT, NULL);
	judge(&s, NULL);
	const struct trace_finding *f = only(&s, TRACE_FINDING_BLOCKED_LOOP);
	assert_int_equal(f->amount, 100 * MS);
	assert_int_equal(f->end_ns, 100 * MS);
	assert_int_equal(f->n_others, 1);
	assert_int_equal(f->ordinal, 2);
	assert_false(f->is_open);
	assert_text(&s, "main ran for 100 ms in one step; 1 other task could not have its turn");
	end(&s);
}

static void blocked_loop__a_little_less__is_none_unless_the_limit_is_lower(void **state)
{
	uint64_t limits[TRACE_FINDING_KINDS] = {[TRACE_FINDING_BLOCKED_LOOP] = 99 * MS};
	struct story s;
	(void)state;
	for (int lower = 0; lower < 2; lower++) {
		begin(&s);
		at(&s, 99);
		make_log_done(&s.log, 1, TRACE_OUTCOME_RESULT, NULL);
		judge(&s, lower ? limits : NULL);
		assert_int_equal(trace_findings_count(s.findings), lower);
		end(&s);
	}
}

/* The recording is live: its clock goes on, its writer lives, and the step has no end yet. */
static void blocked_loop__still_running__is_named_and_open(void **state)
{
	struct story s;
	struct timespec now;
	(void)state;
	begin(&s);
	struct trace_header *header = make_log_header(&s.log);
	clock_gettime(CLOCK_MONOTONIC, &now);
	header->clock = TRACE_CLOCK_PACED;
	header->writer_pid = (uint32_t)getpid();
	header->pacing.speed_ppm = 1000000;
	header->pacing.t_ns = 0;
	header->pacing.mono_ns =
	        (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec - 700 * MS;
	judge(&s, NULL);
	const struct trace_finding *f = only(&s, TRACE_FINDING_BLOCKED_LOOP);
	assert_true(f->is_open);
	assert_true(f->amount >= 700 * MS);
	assert_true(trace_findings_update(s.findings, 0) >= 0);
	assert_int_equal(trace_findings_count(s.findings), 1);
	end(&s);
}

static void slow_iteration__many_short_steps__is_one(void **state)
{
	struct story s;
	(void)state;
	make_log_init(&s.log);
	for (uint32_t i = 1; i <= 5; i++) {
		make_log_task(&s.log, i, "t", 0);
		make_log_ready(&s.log, i, TRACE_WHY_START, 0);
	}
	make_log_tick(&s.log, TRACE_PHASE_BEGIN, 5);
	for (uint32_t i = 1; i <= 5; i++) {
		make_log_run(&s.log, i);
		at(&s, i * 30);
		make_log_done(&s.log, i, TRACE_OUTCOME_RESULT, NULL);
	}
	make_log_tick(&s.log, TRACE_PHASE_END, 0);
	judge(&s, NULL);
	const struct trace_finding *f = only(&s, TRACE_FINDING_SLOW_ITERATION);
	assert_int_equal(f->amount, 150 * MS);
	assert_int_equal(f->n_others, 5);
	end(&s);
}

/* Five tasks become ready in order; the newest runs first, again and again. */
static void starvation__overtaken_by_the_limit__is_one(void **state)
{
	uint64_t limits[TRACE_FINDING_KINDS] = {[TRACE_FINDING_STARVATION] = 5};
	(void)state;
	for (uint32_t turns = 4; turns <= 5; turns++) {
		struct story s;
		begin(&s);
		add_task(&s, 2, "starved");
		add_task(&s, 3, "pushy");
		make_log_wait(&s.log, 1, TRACE_ON_GATHER, 0);
		for (uint32_t i = 0; i < turns; i++) {
			make_log_run(&s.log, 3);
			make_log_sleep(&s.log, 3, s.log.t_ns + MS);
			at(&s, i + 1);
			make_log_ready(&s.log, 3, TRACE_WHY_TIMER, 0);
		}
		make_log_run(&s.log, 2);
		judge(&s, limits);
		if (turns == 4)
			assert_int_equal(trace_findings_count(s.findings), 0);
		else
			assert_int_equal(only(&s, TRACE_FINDING_STARVATION)->lane, 2);
		end(&s);
	}
}

static void starvation__first_in_first_out__is_none(void **state)
{
	uint64_t limits[TRACE_FINDING_KINDS] = {[TRACE_FINDING_STARVATION] = 1};
	struct story s;
	(void)state;
	begin(&s);
	for (uint32_t i = 2; i < 40; i++)
		add_task(&s, i, "t");
	for (uint32_t i = 2; i < 40; i++) {
		make_log_run(&s.log, i);
		make_log_done(&s.log, i, TRACE_OUTCOME_RESULT, NULL);
	}
	judge(&s, limits);
	assert_int_equal(trace_findings_count(s.findings), 0);
	end(&s);
}

/* A task yields 16 times; what it does between decides. */
static void busy_wait__looks_or_works__only_looking_is_one(void **state)
{
	(void)state;
	for (unsigned works = 0; works < 2; works++) {
		struct story s;
		begin(&s);
		for (unsigned i = 1; i <= 16; i++) {
			s.log.t_ns += works ? 5 * MS : MS / 2;
			make_log_ready(&s.log, 1, TRACE_WHY_YIELD, 1);
			make_log_run(&s.log, 1);
		}
		judge(&s, NULL);
		if (works)
			assert_int_equal(trace_findings_count(s.findings), 0);
		else
			assert_int_equal(only(&s, TRACE_FINDING_BUSY_WAIT)->amount, 16);
		end(&s);
	}
}

static void never_awaited__dropped_or_awaited__dropped_is_one(void **state)
{
	(void)state;
	for (uint8_t phase = TRACE_CORO_AWAITED; phase <= TRACE_CORO_DROPPED; phase++) {
		struct story s;
		begin(&s);
		make_log_object(&s.log, 7, TRACE_OBJECT_COROUTINE, "fetch", 0);
		at(&s, 5);
		put(&s, (struct trace_record){.kind = TRACE_CORO, .id = 7, .a = 1, .sub = phase});
		judge(&s, NULL);
		if (phase == TRACE_CORO_DROPPED) {
			only(&s, TRACE_FINDING_NEVER_AWAITED);
			assert_text(&s, "the coroutine fetch was made and never awaited; main "
			                "dropped it");
		} else {
			assert_int_equal(trace_findings_count(s.findings), 0);
		}
		end(&s);
	}
}

static void never_retrieved__recorded__points_to_the_failure(void **state)
{
	struct story s;
	(void)state;
	begin(&s);
	add_task(&s, 2, "save");
	make_log_wait(&s.log, 1, TRACE_ON_SLEEP, 0);
	make_log_run(&s.log, 2);
	at(&s, 3);
	make_log_done(&s.log, 2, TRACE_OUTCOME_ERROR, "OSError: full");
	at(&s, 9);
	put(&s, (struct trace_record){
	                .kind = TRACE_ERROR, .id = 2, .sub = TRACE_ERROR_NEVER_RETRIEVED});
	judge(&s, NULL);
	assert_int_equal(only(&s, TRACE_FINDING_NEVER_RETRIEVED)->t_ns, 3 * MS);
	assert_text(&s, "save failed with OSError: full, and nobody ever asked for its error");
	end(&s);
}

static void lost_update__written_between_read_and_write__is_one(void **state)
{
	struct story s;
	(void)state;
	begin(&s);
	uint32_t name = make_log_string(&s.log, "counter");
	const struct trace_record touch = {.kind = TRACE_VAR, .id = 1, .a = name};
	struct trace_record r = touch;
	add_task(&s, 2, "other");
	r.sub = TRACE_VAR_READ;
	put(&s, r);
	r.sub = TRACE_VAR_WRITE, r.b = 1;
	put(&s, r); /* nobody came between */
	r.sub = TRACE_VAR_READ;
	put(&s, r);
	make_log_sleep(&s.log, 1, 10 * MS);
	make_log_run(&s.log, 2);
	r.id = 2, r.sub = TRACE_VAR_WRITE, r.b = 50;
	put(&s, r); /* writes without having read: it means to */
	make_log_done(&s.log, 2, TRACE_OUTCOME_RESULT, NULL);
	at(&s, 10);
	make_log_ready(&s.log, 1, TRACE_WHY_TIMER, 0);
	make_log_run(&s.log, 1);
	r.id = 1, r.b = 2;
	put(&s, r);
	judge(&s, NULL);
	assert_int_equal(only(&s, TRACE_FINDING_LOST_UPDATE)->culprit, 2);
	assert_text(&s, "main wrote counter = 2 from what it had read at 0 ms; 1 write in between, "
	                "made by other, is lost");
	end(&s);
}

/* What the rule says of many tasks and variables is what the model says of each use, which is told another way. */
static void lost_update__many_tasks_and_variables__are_those_of_the_model(void **state)
{
	uint32_t random = 3, names[7];
	size_t n_lost = 0;
	struct story s;
	(void)state;
	begin(&s);
	for (uint32_t task = 2; task <= 30; task++)
		add_task(&s, task, "other");
	for (uint32_t i = 0; i < 7; i++)
		names[i] = make_log_string(&s.log, (char[]){(char)('a' + i), '\0'});
	for (uint32_t i = 0; i < 2000; i++)
		put(&s, (struct trace_record){.kind = TRACE_VAR,
		                              .id = 1 + random_next(&random, 30),
		                              .a = names[random_next(&random, 7)],
		                              .sub = (uint8_t)(1 + random_next(&random, 2))});
	judge(&s, NULL);
	for (size_t v = 0; v < s.model->n_vars; v++)
		for (uint32_t i = 0; i < s.model->vars[v].n; i++)
			n_lost += (trace_var_used(&s.model->vars[v], i, i + 1) & TRACE_USED_LOST) !=
			          0;
	size_t n_found = trace_findings_of_kind(s.findings, TRACE_FINDING_LOST_UPDATE);
	assert_true(n_lost > 100 && n_lost < 1000);
	assert_int_equal(n_found, n_lost);
	end(&s);
}

/* A queue without a limit: n items come, 10 ms apart, and one is taken. */
static void growing_queue__rate_or_burst__only_growth_that_lasts(void **state)
{
	static const struct {
		uint64_t apart_ms;
		int64_t items, capacity;
		size_t n;
	} rows[] = {{10, 12, 0, 1}, {0, 12, 0, 0}, {10, 7, 0, 0}, {10, 12, 20, 0}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct story s;
		int64_t level = 0;
		begin(&s);
		make_log_object(&s.log, 1, TRACE_OBJECT_QUEUE, "jobs", rows[i].capacity);
		make_log_level(&s.log, 1, 0, 0);
		for (int64_t k = 0; k < rows[i].items; k++) {
			s.log.t_ns += rows[i].apart_ms * MS;
			make_log_level(&s.log, 1, ++level, 0);
			if (k == 4)
				make_log_level(&s.log, 1, --level, 0);
		}
		make_log_wait(&s.log, 1, TRACE_ON_SLEEP, 0);
		judge(&s, NULL);
		size_t n = 0;
		for (size_t k = 0; k < trace_findings_count(s.findings); k++)
			n += trace_findings_at(s.findings, k)->kind == TRACE_FINDING_GROWING_QUEUE;
		if (n != rows[i].n)
			fail_msg("row %zu: %zu findings", i, n);
		end(&s);
	}
}

static void pool_exhausted__in_line_for_long__is_one(void **state)
{
	struct story s;
	(void)state;
	begin(&s);
	make_log_object(&s.log, 1, TRACE_OBJECT_POOL, "jobs in line", 2);
	make_log_level(&s.log, 1, 1, 1);
	make_log_level(&s.log, 1, 2, 2);
	make_log_wait(&s.log, 1, TRACE_ON_GATHER, 0);
	at(&s, 60);
	make_log_level(&s.log, 1, 1, 1);
	at(&s, 80);
	make_log_level(&s.log, 1, 0, 0);
	judge(&s, NULL);
	const struct trace_finding *f = only(&s, TRACE_FINDING_POOL_EXHAUSTED);
	assert_int_equal(f->amount, 80 * MS);
	assert_int_equal(f->n_others, 2);
	end(&s);
}

/* A limit of 100 fires at `fired_ms`; B had the thread since 90. */
static void late_timeout__fired_late__names_who_kept_it(void **state)
{
	static const struct {
		uint64_t fired_ms;
		size_t n;
	} rows[] = {{100, 0}, {149, 0}, {150, 1}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct story s;
		begin(&s);
		add_task(&s, 2, "B");
		put(&s, (struct trace_record){.kind = TRACE_STATE,
		                              .id = 1,
		                              .a = 2,
		                              .b = 100 * MS,
		                              .arg = TRACE_ON_WAIT_FOR | TRACE_TIMED,
		                              .sub = TRACE_STATE_WAITING});
		at(&s, 90);
		make_log_run(&s.log, 2);
		at(&s, rows[i].fired_ms);
		make_log_wait(&s.log, 2, TRACE_ON_SLEEP, 0);
		make_log_ready(&s.log, 1, TRACE_WHY_TIMER, 0);
		judge(&s, NULL);
		assert_int_equal(trace_findings_count(s.findings), rows[i].n);
		if (rows[i].n) {
			assert_int_equal(only(&s, TRACE_FINDING_LATE_TIMEOUT)->culprit, 2);
			assert_text(&s, "a limit of main was over at 100 ms, and took effect at "
			                "150 ms, 50 ms late: B had the thread");
		}
		end(&s);
	}
}

static void deadlock__circle_closes__is_found_while_others_run(void **state)
{
	struct story s;
	(void)state;
	begin(&s);
	add_task(&s, 2, "A");
	add_task(&s, 3, "B");
	make_log_object(&s.log, 1, TRACE_OBJECT_LOCK, "left", 1);
	make_log_object(&s.log, 2, TRACE_OBJECT_LOCK, "right", 1);
	make_log_wait(&s.log, 1, TRACE_ON_SLEEP, 0);
	make_log_run(&s.log, 2);
	make_log_hold(&s.log, 1, 2, 1);
	make_log_sleep(&s.log, 2, MS);
	make_log_run(&s.log, 3);
	make_log_hold(&s.log, 2, 3, 1);
	make_log_wait(&s.log, 3, TRACE_ON_LOCK, 1);
	at(&s, 1);
	make_log_ready(&s.log, 2, TRACE_WHY_TIMER, 0);
	make_log_run(&s.log, 2);
	make_log_wait(&s.log, 2, TRACE_ON_LOCK, 2);
	judge(&s, NULL);
	const struct trace_finding *f = only(&s, TRACE_FINDING_DEADLOCK);
	assert_true(f->is_open);
	assert_int_equal(f->n_others, 2);
	assert_int_equal(f->t_ns, MS);
	assert_text(&s, "A waits for right, held by B; B waits for left, held by A");
	end(&s);
}

static void step__from_anywhere__finds_the_next_and_the_last(void **state)
{
	struct story s;
	(void)state;
	begin(&s);
	for (uint32_t i = 0; i < 3; i++) {
		s.log.t_ns += 200 * MS;
		make_log_sleep(&s.log, 1, s.log.t_ns);
		make_log_ready(&s.log, 1, TRACE_WHY_TIMER, 0);
		make_log_run(&s.log, 1);
	}
	judge(&s, NULL);
	assert_int_equal(trace_findings_count(s.findings), 3); /* at ordinals 2, 5, 8 */
	assert_int_equal(trace_findings_step(s.findings, TRACE_NONE, 1), 0);
	assert_int_equal(trace_findings_step(s.findings, 2, 1), 1);
	assert_int_equal(trace_findings_step(s.findings, 7, 1), 2);
	assert_true(trace_findings_step(s.findings, 8, 1) == SIZE_MAX);
	assert_int_equal(trace_findings_step(s.findings, 8, -1), 1);
	assert_int_equal(trace_findings_step(s.findings, 100, -1), 2);
	assert_true(trace_findings_step(s.findings, 2, -1) == SIZE_MAX);
	end(&s);
}

static bool is_sorted(const struct trace_findings *findings)
{
	for (size_t i = 1; i < trace_findings_count(findings); i++)
		if (trace_findings_at(findings, i - 1)->ordinal >
		    trace_findings_at(findings, i)->ordinal)
			return false;
	return true;
}

/* Judged in pieces or at once, a recording has the same findings; each can be put into words, in any room. */
static void findings__random_recordings_in_pieces__are_the_same(void **state)
{
	uint64_t limits[TRACE_FINDING_KINDS];
	(void)state;
	for (int i = 0; i < TRACE_FINDING_KINDS; i++)
		limits[i] = 2;
	for (uint32_t seed = 1; seed <= 100; seed++) {
		struct story s;
		uint32_t random = seed;
		make_log_init(&s.log);
		random_log(&s.log, seed, 400, seed % 2);
		judge(&s, limits);
		struct trace_model pieces = *s.model;
		struct trace_findings *f = trace_findings_create(&pieces, limits);
		pieces.status = 0;
		for (pieces.n_events = 0; pieces.n_events < s.model->n_events;) {
			pieces.n_events += random_next(&random, 20) + 1;
			if (pieces.n_events >= s.model->n_events) {
				pieces.n_events = s.model->n_events;
				pieces.status = s.model->status;
			}
			pieces.t_end_ns =
			        trace_model_event(s.model, (uint32_t)pieces.n_events - 1)->t_ns;
			while (random_next(&random, 2) == 0)
				assert_true(trace_findings_update_some(
				                    f, 1, random_next(&random, 9)) >= 0);
			assert_true(trace_findings_update(f, 1) >= 0);
			assert_false(trace_findings_is_behind(f));
			assert_true(is_sorted(f));
		}
		assert_int_equal(trace_findings_count(f), trace_findings_count(s.findings));
		for (size_t i = 0; i < trace_findings_count(f); i++) {
			const struct trace_finding *a = trace_findings_at(f, i);
			const struct trace_finding *b = trace_findings_at(s.findings, i);
			char text[500];
			assert_int_equal(a->kind, b->kind);
			assert_int_equal(a->ordinal, b->ordinal);
			assert_int_equal(a->amount, b->amount);
			assert_int_equal(a->end_ns, b->end_ns);
			size_t n = trace_finding_text(f, a, text, sizeof text);
			assert_true(n > 0);
			assert_int_equal(trace_finding_text(f, a, text, 5), n);
			assert_int_equal(trace_finding_text(f, a, NULL, 0), n);
		}
		assert_true(trace_findings_update(f, TRACE_REBUILT) == 1);
		assert_int_equal(trace_findings_count(f), trace_findings_count(s.findings));
		trace_findings_destroy(f);
		end(&s);
	}
}

static void kinds__names__are_found_and_unique(void **state)
{
	(void)state;
	for (int i = 0; i < TRACE_FINDING_KINDS; i++) {
		const struct trace_finding_rule *rule =
		        trace_finding_rule((enum trace_finding_kind)i);
		assert_int_equal(trace_finding_find(rule->name), i);
		assert_true((rule->unit == TRACE_FINDING_UNIT_NONE) == (rule->limit == 0));
		assert_true(strlen(rule->rule) > 10 && strlen(rule->advice) > 10);
	}
	assert_int_equal(trace_finding_find("blocked"), TRACE_FINDING_KINDS);
	assert_int_equal(trace_finding_find(""), TRACE_FINDING_KINDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(findings__no_events__none),
	        cmocka_unit_test(blocked_loop__step_of_the_limit__is_one_with_who_waited),
	        cmocka_unit_test(blocked_loop__a_little_less__is_none_unless_the_limit_is_lower),
	        cmocka_unit_test(blocked_loop__still_running__is_named_and_open),
	        cmocka_unit_test(slow_iteration__many_short_steps__is_one),
	        cmocka_unit_test(starvation__overtaken_by_the_limit__is_one),
	        cmocka_unit_test(starvation__first_in_first_out__is_none),
	        cmocka_unit_test(busy_wait__looks_or_works__only_looking_is_one),
	        cmocka_unit_test(never_awaited__dropped_or_awaited__dropped_is_one),
	        cmocka_unit_test(never_retrieved__recorded__points_to_the_failure),
	        cmocka_unit_test(lost_update__written_between_read_and_write__is_one),
	        cmocka_unit_test(lost_update__many_tasks_and_variables__are_those_of_the_model),
	        cmocka_unit_test(growing_queue__rate_or_burst__only_growth_that_lasts),
	        cmocka_unit_test(pool_exhausted__in_line_for_long__is_one),
	        cmocka_unit_test(late_timeout__fired_late__names_who_kept_it),
	        cmocka_unit_test(deadlock__circle_closes__is_found_while_others_run),
	        cmocka_unit_test(step__from_anywhere__finds_the_next_and_the_last),
	        cmocka_unit_test(findings__random_recordings_in_pieces__are_the_same),
	        cmocka_unit_test(kinds__names__are_found_and_unique),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
