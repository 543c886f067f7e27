/* The sentence that answers "why does it not run?", for every task after every event of every lesson and of random programs:
 * word by word what a walk through the records says.
 *
 * WHY_PROGRAMS in the environment sets how many random programs are played (20).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenarios/scenario.h"
#include "tests/runtime/play.h"
#include "tests/runtime/random_program.h"
#include "tests/runtime/recording.h"
#include "tests/viz/why_oracle.h"
#include "trace/wake.h"
#include "viz/explain/explain.h"

static void check_moment(struct why *why, const char *what, uint64_t now_ns)
{
	uint32_t ordinal = why->n_seen - 1;
	char want[1500], got[1500];
	for (size_t i = 0; i < why->n_tasks; i++) {
		uint32_t lane = trace_model_lane(why->model, TRACE_LANE_TASK, why->tasks[i].id);
		why_sentence(why, i, now_ns, want, sizeof want);
		viz_explain_lane(why->model, lane, ordinal, now_ns, got, sizeof got);
		if (strcmp(want, got) != 0)
			fail_msg("%s, after event %u:\n  want %s\n  got  %s", what,
			         (unsigned)ordinal, want, got);
	}
}

/* Check whom each task wakes next, from every seventh event on, against the last READY record seen on a walk backwards. */
static void check_wakes(const struct trace_model *model, const char *what)
{
	uint32_t *next = calloc(model->n_lanes, sizeof *next);
	assert_non_null(next);
	for (size_t lane = 0; lane < model->n_lanes; lane++)
		next[lane] = TRACE_NONE;
	for (uint32_t ordinal = (uint32_t)model->n_events; ordinal-- > 0;) {
		const struct trace_record *r = trace_model_event(model, ordinal);
		if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_READY && r->b != r->id)
			next[r->b == 0 ? 0 : trace_model_lane(model, TRACE_LANE_TASK, r->b)] =
			        ordinal;
		for (uint32_t lane = 0; ordinal % 7 == 0 && lane < model->n_lanes; lane++) {
			if (model->lanes[lane].kind != TRACE_LANE_TASK &&
			    model->lanes[lane].kind != TRACE_LANE_LOOP)
				continue;
			uint32_t found = trace_lane_next_wake(model, lane, ordinal);
			if (found != next[lane])
				fail_msg("%s: %s wakes at %u, not at %u, after %u", what,
				         model->lanes[lane].name, (unsigned)next[lane],
				         (unsigned)found, (unsigned)ordinal);
		}
	}
	free(next);
}

/* Check what is said at each event, and, where time passes before the next one, just before that. Returns how many sentences. */
static size_t check_recording(const char *path, const char *what)
{
	struct trace_model *model = recording_read(path);
	struct why why;
	size_t n = 0;
	why_begin(&why, model);
	while (why_next(&why)) {
		uint64_t t_ns = trace_model_event(model, why.n_seen - 1)->t_ns;
		check_moment(&why, what, t_ns);
		n += why.n_tasks;
		uint64_t next_ns = why.n_seen < model->n_events
		                           ? trace_model_event(model, why.n_seen)->t_ns
		                           : t_ns;
		if (next_ns > t_ns + 1)
			check_moment(&why, what, next_ns - 1);
	}
	assert_int_equal(why.n_seen, model->n_events);
	check_wakes(model, what);
	why_end(&why);
	trace_model_destroy(model);
	unlink(path);
	return n;
}

static size_t check_lessons(const char *policy)
{
	size_t n = 0;
	for (size_t i = 0; i < scn_count(); i++) {
		const struct scenario *lesson = scn_at(i);
		const char *path = recording_path("why");
		struct scn_run run = {.log = path,
		                      .clock = lesson->needs_real_clock ? TRACE_CLOCK_REAL
		                                                        : TRACE_CLOCK_VIRTUAL,
		                      .speed_ppm = 1000000,
		                      .policy = policy};
		if (lesson->run != NULL)
			continue;
		scn_args_init(&run.args, lesson);
		(void)scn_run(&run); /* some are made to fail */
		n += check_recording(path, lesson->name);
	}
	return n;
}

static void every_task_of_every_lesson__at_every_event__is_explained_as_it_was(void **state)
{
	(void)state;
	assert_true(check_lessons(NULL) > 50000);
}

static void every_task_of_every_lesson__last_come_first_served__has_no_place(void **state)
{
	(void)state;
	assert_true(check_lessons("lifo") > 50000);
}

static void every_task_of_random_programs__at_every_event__is_explained_as_it_was(void **state)
{
	const char *wanted = getenv("WHY_PROGRAMS");
	uint64_t n_programs = wanted != NULL ? strtoull(wanted, NULL, 10) : 20;
	(void)state;
	for (uint64_t seed = 1; seed <= n_programs; seed++) {
		char what[32];
		const char *path = recording_path("why");
		char *source = random_program(seed);
		struct play play = {.log = path, .clock = GT_CLOCK_VIRTUAL};
		free(play_program(source, play));
		free(source);
		snprintf(what, sizeof what, "random program %u", (unsigned)seed);
		check_recording(path, what);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(
	                every_task_of_every_lesson__at_every_event__is_explained_as_it_was),
	        cmocka_unit_test(every_task_of_every_lesson__last_come_first_served__has_no_place),
	        cmocka_unit_test(
	                every_task_of_random_programs__at_every_event__is_explained_as_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
