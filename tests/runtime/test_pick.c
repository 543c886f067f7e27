/* A viewer's pick, wherever it is heard: in a batch, between two iterations, at a shut gate; by every policy.
 *
 * The viewer is in the tasks themselves, so that each wish is heard where the test wants it: they write into the gate of
 * their own recording, as another process would, and gt_block hears it at once. A schedule is told as the recording has it: how many were
 * ready when an iteration began, and who ran in it. Ids are one digit: "(4)235(1)(1)1" is four ready of whom 2, 3, 5 ran, then main.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

#define N_CREW  4 /* ids 2 to 5 */
#define FIRST   2
#define FASTEST 1000000000u

/* What a viewer wishes at one knock. */
struct wish {
	uint32_t pick, cancel;
	uint32_t hold, steps;
};

/* Who wishes what, and when. */
struct plan {
	const char *policy;
	enum gt_clock clock;
	struct wish by_main[4]; /* one after the other, while the crew is ready and main blocks */
	size_t n_by_main;
	uint32_t teller; /* of the crew: in its step it wishes `by_teller`. 0: nobody */
	struct wish by_teller;
	uint32_t twice;   /* of the crew: it gives the others a turn in between. 0: nobody */
	uint32_t sleeper; /* of the crew: it waits when the wishes are made. 0: nobody */
	bool is_cancelled[N_CREW]; /* how they ended */
	uint32_t steps_left;       /* at the gate, in the end */
};

static struct plan *plan;
static struct trace_gate *gate;

static void wish(struct wish w)
{
	atomic_store(&gate->cancel, w.cancel);
	atomic_store(&gate->pick, w.pick);
	atomic_store(&gate->hold, w.hold);
	atomic_store(&gate->steps, w.steps);
	atomic_fetch_add(&gate->knock, 1);
}

static int crewman(void *arg)
{
	(void)arg;
	uint32_t id = gt_id(gt_self());
	if (id == plan->teller)
		wish(plan->by_teller);
	if (id == plan->sleeper)
		return gt_sleep(GT_S(3600));
	return id == plan->twice ? gt_sleep(0) : 0;
}

static int plan_main(void *arg)
{
	static const int priorities[N_CREW] = {1, 4, 2, 3};
	struct gt_task *crew[N_CREW];
	(void)arg;
	for (size_t i = 0; i < N_CREW; i++) {
		crew[i] = gt_spawn(crewman, NULL, NULL);
		gt_set_priority(crew[i], priorities[i]);
		int rc = plan->sleeper == FIRST + i ? gt_sleep(GT_US(1)) : 0;
		if (rc)
			return rc;
	}
	for (size_t i = 0; i < plan->n_by_main; i++) {
		wish(plan->by_main[i]);
		if (plan->clock == GT_CLOCK_PACED)
			gt_block(1);
	}
	/* real time is nobody's to foresee: there, main waits for the one that goes last */
	int rc = plan->clock == GT_CLOCK_REAL ? gt_await(crew[0]) : gt_sleep(GT_MS(1));
	for (size_t i = 0; i < N_CREW; i++) {
		plan->is_cancelled[i] = gt_is_cancelled(crew[i]);
		gt_cancel(crew[i]);
		gt_release(crew[i]);
	}
	return rc;
}

/* The gate of the recording that is being made. */
static int with_gate(void *arg)
{
	struct trace_reader *reader;
	struct trace_error error;
	assert_int_equal(trace_reader_open(&reader, arg, true, &error), 0);
	gate = trace_reader_gate(reader);
	assert_non_null(gate);
	int rc = plan_main(NULL);
	plan->steps_left = atomic_load(&gate->steps);
	trace_reader_close(reader);
	return rc;
}

/* Tell the iterations up to the end of main. */
static void tell_schedule(const struct trace_model *model, char *text, size_t n_bytes)
{
	size_t n = 0;
	text[0] = '\0';
	for (uint32_t i = 0; i < model->n_events && n < n_bytes; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_DONE && r->id == 1)
			return;
		if (r->kind == TRACE_TICK && r->sub == TRACE_PHASE_BEGIN)
			n += (size_t)snprintf(text + n, n_bytes - n, "(%u)", (unsigned)r->a);
		if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_RUNNING)
			n += (size_t)snprintf(text + n, n_bytes - n, "%u", (unsigned)r->id);
	}
}

/* Run the plan. owns: static. */
static const char *schedule_of(struct plan *p)
{
	static char text[256];
	char path[128];
	struct gt_options options = GT_OPTIONS_INIT;
	snprintf(path, sizeof path, "%s", recording_path("pick"));
	plan = p;
	options.log = path;
	options.policy = p->policy;
	options.clock = p->clock ? p->clock : (p->clock = GT_CLOCK_PACED);
	options.speed_ppm = FASTEST;
	assert_int_equal(gt_run(&options, with_gate, path), 0);
	struct trace_model *model = recording_read(path);
	unlink(path);
	assert_int_equal(recording_violations(model), 0);
	tell_schedule(model, text, sizeof text);
	trace_model_destroy(model);
	return text;
}

/* ---- Between two iterations ---- */

struct row {
	const char *policy;
	const char *picks; /* one after the other */
	const char *schedule;
};

/* Priorities: 3 before 5, 4, 2. */
static const struct row between[] = {
        {"fifo", "", "(1)1(4)2345(1)(1)1"},
        {"fifo", "4", "(1)1(4)4235(1)(1)1"},
        {"fifo", "44", "(1)1(4)4235(1)(1)1"},
        {"fifo", "42", "(1)1(4)2435(1)(1)1"},
        {"fifo", "242", "(1)1(4)2435(1)(1)1"},
        {"fifo", "1", "(1)1(4)2345(1)(1)1"},
        {"fifo", "9", "(1)1(4)2345(1)(1)1"},
        {"lifo", "", "(1)1(4)5(3)4(2)3(1)2(1)(1)1"},
        {"lifo", "4", "(1)1(4)45(2)3(1)2(1)(1)1"},
        {"lifo", "44", "(1)1(4)45(2)3(1)2(1)(1)1"},
        {"lifo", "444", "(1)1(4)45(2)3(1)2(1)(1)1"},
        {"lifo", "42", "(1)1(4)245(1)3(1)(1)1"},
        {"lifo", "424", "(1)1(4)425(1)3(1)(1)1"},
        {"lifo", "5", "(1)1(4)54(2)3(1)2(1)(1)1"},
        {"lifo", "5432", "(1)1(4)2345(1)(1)1"},
        {"lifo", "1", "(1)1(4)5(3)4(2)3(1)2(1)(1)1"},
        {"priority", "", "(1)1(4)3(3)5(2)4(1)2(1)(1)1"},
        {"priority", "2", "(1)1(4)23(2)5(1)4(1)(1)1"},
        {"priority", "22", "(1)1(4)23(2)5(1)4(1)(1)1"},
        {"priority", "24", "(1)1(4)423(1)5(1)(1)1"},
        {"manual", "", "(1)1(4)2(3)3(2)4(1)5(1)(1)1"},
        {"manual", "5", "(1)1(4)52(2)3(1)4(1)(1)1"},
        {"manual", "55", "(1)1(4)52(2)3(1)4(1)(1)1"},
        {"manual", "53", "(1)1(4)352(1)4(1)(1)1"},
};

static void pick__between_two_iterations__goes_first_in_the_next(void **state)
{
	(void)state;
	size_t n_wrong = 0;
	for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
		const struct row *row = &between[i];
		struct plan p = {.policy = row->policy, .n_by_main = strlen(row->picks)};
		for (size_t k = 0; k < p.n_by_main; k++)
			p.by_main[k].pick = (uint32_t)(row->picks[k] - '0');
		const char *got = schedule_of(&p);
		if (!strcmp(got, row->schedule))
			continue;
		n_wrong++;
		print_error("%s, picked '%s': %s instead of %s\n", row->policy, row->picks, got,
		            row->schedule);
	}
	assert_int_equal(n_wrong, 0);
}

/* Whom chance chooses is not known here, but that it chooses one of the others in each iteration is. */
static void pick__random_policy__goes_first_whatever_the_seed(void **state)
{
	(void)state;
	for (unsigned seed = 0; seed < 50; seed++) {
		char policy[32];
		unsigned n[8] = {0}, first, others[3];
		snprintf(policy, sizeof policy, "random:%u", seed);
		struct plan p = {.policy = policy, .n_by_main = 2};
		p.by_main[0].pick = p.by_main[1].pick = FIRST + seed % N_CREW;
		const char *got = schedule_of(&p);
		assert_int_equal(sscanf(got, "(1)1(4)%1u%1u(2)%1u(1)%1u(1)(1)1", &first, &others[0],
		                        &others[1], &others[2]),
		                 4);
		assert_int_equal(first, FIRST + seed % N_CREW);
		n[first]++;
		for (size_t i = 0; i < 3; i++)
			n[others[i] & 7]++;
		assert_true(n[2] == 1 && n[3] == 1 && n[4] == 1 && n[5] == 1);
	}
}

/* Nothing of the pick is left once it went first. */
static void pick__comes_again__is_not_picked_any_more(void **state)
{
	(void)state;
	struct plan p = {.policy = "lifo", .by_main = {{.pick = 3}}, .n_by_main = 1, .twice = 3};
	assert_string_equal(schedule_of(&p), "(1)1(4)35(3)3(2)4(1)2(1)(1)1");
	struct plan q = {.policy = "manual", .by_main = {{.pick = 3}}, .n_by_main = 1, .twice = 3};
	assert_string_equal(schedule_of(&q), "(1)1(4)32(3)4(2)5(1)3(1)(1)1");
}

/* Under the real clock a wish is heard when the loop asks the system. */
static void pick__real_clock__goes_first(void **state)
{
	(void)state;
	struct plan p = {
	        .policy = "lifo", .clock = GT_CLOCK_REAL, .by_main = {{.pick = 3}}, .n_by_main = 1};
	assert_string_equal(schedule_of(&p), "(1)1(4)35(2)4(1)2(1)1");
}

/* ---- In the middle of a batch ---- */

static void pick__in_a_batch__goes_next(void **state)
{
	(void)state;
	struct plan p = {.teller = 2, .by_teller = {.pick = 5}};
	assert_string_equal(schedule_of(&p), "(1)1(4)2534(1)(1)1");
	struct plan itself = {.teller = 2, .by_teller = {.pick = 2}};
	assert_string_equal(schedule_of(&itself), "(1)1(4)2345(1)(1)1");
	struct plan next = {.teller = 2, .by_teller = {.pick = 3}};
	assert_string_equal(schedule_of(&next), "(1)1(4)2345(1)(1)1");
}

/* It was to wait for a later iteration, and becomes part of this one. */
static void pick__of_a_later_iteration__joins_the_batch(void **state)
{
	(void)state;
	struct plan p = {.policy = "lifo", .teller = 5, .by_teller = {.pick = 2}};
	assert_string_equal(schedule_of(&p), "(1)1(4)5(3)24(1)3(1)(1)1");
	struct plan q = {.policy = "priority", .teller = 3, .by_teller = {.pick = 2}};
	assert_string_equal(schedule_of(&q), "(1)1(4)3(3)25(1)4(1)(1)1");
	struct plan fifo = {.teller = 4, .by_teller = {.pick = 2}, .twice = 2};
	assert_string_equal(schedule_of(&fifo), "(1)1(4)23425(1)(1)1");
}

/* ---- Together with a request to cancel, and with leave for a step ---- */

static void pick__cancelled_at_the_same_knock__goes_first_and_ends_cancelled(void **state)
{
	(void)state;
	struct plan p = {.by_main = {{.pick = 4, .cancel = 4}}, .n_by_main = 1};
	assert_string_equal(schedule_of(&p), "(1)1(4)4235(1)(1)1");
	assert_true(p.is_cancelled[4 - FIRST]);
	struct plan lifo = {.policy = "lifo",
	                    .by_main = {{.pick = 4, .cancel = 4}},
	                    .n_by_main = 1};
	assert_string_equal(schedule_of(&lifo), "(1)1(4)45(2)3(1)2(1)(1)1");
	assert_true(lifo.is_cancelled[4 - FIRST]);
}

static void pick__cancelled_before_its_step__counts_as_one(void **state)
{
	(void)state;
	struct plan p = {.policy = "lifo",
	                 .by_main = {{.pick = 4}, {.cancel = 4}, {.pick = 4}},
	                 .n_by_main = 3};
	assert_string_equal(schedule_of(&p), "(1)1(4)45(2)3(1)2(1)(1)1");
	for (uint32_t i = 0; i < N_CREW; i++)
		assert_int_equal(p.is_cancelled[i], i == 4 - FIRST);
}

/* Who waits cannot be picked, unless the same knock makes it ready. */
static void pick__of_one_that_waits__only_with_a_cancellation(void **state)
{
	(void)state;
	struct plan p = {.by_main = {{.pick = 2}}, .n_by_main = 1, .sleeper = 2};
	assert_string_equal(schedule_of(&p), "(1)1(1)2(1)(1)1(3)345(1)(1)1");
	struct plan q = {.by_main = {{.pick = 2, .cancel = 2}}, .n_by_main = 1, .sleeper = 2};
	assert_string_equal(schedule_of(&q), "(1)1(1)2(1)(1)1(4)2345(1)(1)1");
	assert_true(q.is_cancelled[0]);
}

/* One knock: 3 is cancelled, 4 goes next, and the one step that there is leave for is that of 4, which opens the gate. */
static void pick__cancel_and_step_at_once__each_is_heeded(void **state)
{
	(void)state;
	static const char *const policies[] = {"fifo", "lifo", "priority", "manual"};
	static const char *const schedules[] = {"(1)1(4)4235(1)(1)1", "(1)1(4)45(2)3(1)2(1)(1)1",
	                                        "(1)1(4)43(2)5(1)2(1)(1)1",
	                                        "(1)1(4)42(2)3(1)5(1)(1)1"};
	for (size_t i = 0; i < 4; i++) {
		struct plan p = {
		        .policy = policies[i],
		        .by_main = {{.pick = 4, .cancel = 3, .hold = 1, .steps = 1}},
		        .n_by_main = 1,
		        .teller = 4,
		};
		assert_string_equal(schedule_of(&p), schedules[i]);
		assert_true(p.is_cancelled[3 - FIRST]);
		assert_false(p.is_cancelled[4 - FIRST]);
		assert_int_equal(p.steps_left, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(pick__between_two_iterations__goes_first_in_the_next),
	        cmocka_unit_test(pick__random_policy__goes_first_whatever_the_seed),
	        cmocka_unit_test(pick__comes_again__is_not_picked_any_more),
	        cmocka_unit_test(pick__real_clock__goes_first),
	        cmocka_unit_test(pick__in_a_batch__goes_next),
	        cmocka_unit_test(pick__of_a_later_iteration__joins_the_batch),
	        cmocka_unit_test(pick__cancelled_at_the_same_knock__goes_first_and_ends_cancelled),
	        cmocka_unit_test(pick__cancelled_before_its_step__counts_as_one),
	        cmocka_unit_test(pick__of_one_that_waits__only_with_a_cancellation),
	        cmocka_unit_test(pick__cancel_and_step_at_once__each_is_heeded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
