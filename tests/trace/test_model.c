/* The model: names, order, the first line, and growing with the file. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"
#include "trace/export/jsonl.h"

static struct make_log story;

static int begin_story(void **state)
{
	(void)state;
	make_log_init(&story);
	return 0;
}

static int end_story(void **state)
{
	trace_model_destroy(*state);
	make_log_fini(&story);
	return 0;
}

static struct trace_model *read_story(void **state)
{
	*state = read_log(&story);
	return *state;
}

/* ---- names and order ---------------------------------------------------------------------------- */

static void model__empty_recording__has_the_loop(void **state)
{
	const struct trace_model *m = read_story(state);
	assert_int_equal(m->n_lanes, 1);
	assert_int_equal(m->lanes[0].kind, TRACE_LANE_LOOP);
	assert_string_equal(m->lanes[0].name, "loop");
	assert_int_equal(m->order[0], 0);
	assert_int_equal(m->n_events, 0);
	assert_string_equal(m->title, "");
	assert_int_equal(trace_model_at_time(m, 100), TRACE_NONE);
	assert_int_equal(trace_model_step(m, TRACE_NONE, 1), TRACE_NONE);
	assert_int_equal(trace_lane_seen(m, 0, 0, 100, TRACE_NONE), 0);
	assert_int_equal(trace_model_running(m, TRACE_NONE), TRACE_NONE);
}

static void model__lanes__are_ordered_loop_tree_workers_objects(void **state)
{
	make_log_object(&story, 7, TRACE_OBJECT_QUEUE, "jobs", 3);
	make_log_task(&story, 1, "main", 0);
	make_log_task(&story, 2, "a", 1);
	make_log_put(
	        &story, 1,
	        (struct trace_record){.id = 3, .sub = TRACE_WORKER_BUSY, .kind = TRACE_WORKER});
	make_log_task(&story, 3, "b", 1);
	make_log_task(&story, 4, "a's child", 2);
	make_log_task(&story, 5, "alone", 0);
	make_log_task(&story, 6, "a's second", 2);
	make_log_task(&story, 7, "grandchild", 4);
	const struct trace_model *m = read_story(state);
	const char *const names[] = {"loop",       "main", "a",     "a's child", "grandchild",
	                             "a's second", "b",    "alone", "3",         "jobs"};
	const uint32_t depths[] = {0, 0, 1, 2, 3, 2, 1, 0, 0, 0};
	assert_int_equal(m->n_lanes, 10);
	for (size_t i = 0; i < 10; i++) {
		assert_string_equal(m->lanes[m->order[i]].name, names[i]);
		assert_int_equal(m->lanes[m->order[i]].depth, depths[i]);
	}
	uint32_t child = trace_model_lane(m, TRACE_LANE_TASK, 4);
	assert_int_equal(m->lanes[child].parent, trace_model_lane(m, TRACE_LANE_TASK, 2));
	assert_int_equal(m->lanes[trace_model_lane(m, TRACE_LANE_TASK, 5)].parent, TRACE_NONE);
	assert_int_equal(trace_model_lane(m, TRACE_LANE_TASK, 99), TRACE_NONE);
	assert_string_equal(m->lanes[trace_model_lane(m, TRACE_LANE_WORKER, 3)].name, "3");
	assert_int_equal(m->lanes[trace_model_lane(m, TRACE_LANE_OBJECT, 7)].capacity, 3);
}

static void model__lanes_without_a_name_or_with_a_harmful_one__get_a_fair_one(void **state)
{
	make_log_task(&story, 12, NULL, 0);
	make_log_task(&story, 13, "\x1b]0;x\a", 0);
	make_log_object(&story, 4, TRACE_OBJECT_PRIORITY_QUEUE, NULL, 0);
	const struct trace_model *m = read_story(state);
	assert_string_equal(m->lanes[1].name, "Task-12");
	assert_string_equal(m->lanes[2].name, "\xef\xbf\xbd]0;x\xef\xbf\xbd");
	assert_string_equal(m->lanes[3].name, "priority-queue-4");
}

static void model__tasks_nested_very_deep__are_ordered_without_recursion(void **state)
{
	make_log_task(&story, 1, "x", 0);
	for (uint32_t task = 2; task <= 100000; task++)
		make_log_put(&story, 1,
		             (struct trace_record){.id = task, .b = task - 1, .kind = TRACE_TASK});
	const struct trace_model *m = read_story(state);
	assert_int_equal(m->lanes[m->order[100000]].depth, 99999);
}

static void model__first_line__is_read(void **state)
{
	make_log_meta(&story, TRACE_META_TITLE, NULL, "semaphore \x1b");
	make_log_meta(&story, TRACE_META_SOURCE, NULL, "semaphore.c");
	make_log_meta(&story, TRACE_META_SEED, NULL, "18446744073709551615");
	make_log_meta(&story, TRACE_META_POLICY, NULL, "fifo");
	make_log_meta(&story, TRACE_META_PARAM, "tasks", "5");
	make_log_meta(&story, TRACE_META_PARAM, "hold", "300");
	make_log_meta(&story, TRACE_META_QUESTION, NULL, "Why?");
	make_log_meta(&story, TRACE_META_LESSON, NULL, "semaphore");
	const struct trace_model *m = read_story(state);
	assert_string_equal(m->title, "semaphore \xef\xbf\xbd");
	assert_string_equal(m->source, "semaphore.c");
	assert_true(m->seed == UINT64_MAX);
	assert_string_equal(m->policy, "fifo");
	assert_int_equal(m->n_params, 2);
	assert_string_equal(m->params[1].name, "hold");
	assert_string_equal(m->params[1].value, "300");
	assert_string_equal(m->question, "Why?");
	assert_string_equal(m->lesson, "semaphore");
	assert_int_equal(m->n_events, 0);
}

/* ---- moments ------------------------------------------------------------------------------------ */

static void model__sample__answers(void **state)
{
	char file[32];
	uint32_t lanes[4];
	struct trace_state_now now;
	make_log_fini(&story);
	make_log_sample(&story);
	const struct trace_model *m = read_story(state);
	uint32_t main_lane = trace_model_lane(m, TRACE_LANE_TASK, 1);
	uint32_t worker = trace_model_lane(m, TRACE_LANE_TASK, 2);
	uint32_t lock = trace_model_lane(m, TRACE_LANE_OBJECT, 5);
	assert_int_equal(m->status, TRACE_STATUS_FINISHED);
	assert_int_equal(m->t_end_ns, 1500);
	assert_int_equal(trace_model_now_ns(m), 1500);
	assert_int_equal(trace_model_where(m, m->lanes[main_lane].where, file, sizeof file), 12);
	assert_string_equal(file, "sample.c");
	uint32_t at = trace_model_at_time(m, 999);
	assert_int_equal(trace_model_event(m, at)->t_ns, 0);
	assert_int_equal(trace_model_event(m, at + 1)->t_ns, 1000);
	trace_lane_state(m, main_lane, at, 999, &now);
	assert_int_equal(now.state, TRACE_STATE_WAITING);
	assert_int_equal(now.on, TRACE_ON_SLEEP);
	assert_true(now.timed);
	assert_int_equal(now.until_ns, 1000);
	assert_int_equal(trace_object_holders(m, lock, at, lanes, 4), 1);
	assert_int_equal(lanes[0], main_lane);
	assert_int_equal(trace_object_waiters(m, lock, at, lanes, 4), 1);
	assert_int_equal(lanes[0], worker);
	assert_int_equal(trace_object_waiters(m, lock, TRACE_NONE, lanes, 4), 0);
	uint32_t end = (uint32_t)m->n_events - 1;
	assert_int_equal(trace_object_holders(m, lock, end, lanes, 4), 0);
	trace_lane_state(m, worker, end, 1500, &now);
	assert_int_equal(now.outcome, TRACE_OUTCOME_CANCELLED);
	assert_int_equal(trace_lane_seen(m, worker, 1500, 1501, TRACE_NONE),
	                 TRACE_SEEN_RUNNING | TRACE_SEEN_CANCELLED | TRACE_SEEN_DELIVERED);
	assert_int_equal(trace_lane_seen(m, worker, 1501, 9000, TRACE_NONE), 0);
	assert_int_equal(m->n_logs, 1);
}

static void lane_seen__open_step__is_blocked_once_it_is_long_enough(void **state)
{
	make_log_task(&story, 1, "main", 0);
	make_log_ready(&story, 1, TRACE_WHY_START, 0);
	make_log_run(&story, 1);
	const struct trace_model *m = read_story(state);
	assert_int_equal(trace_lane_seen(m, 1, 1, 99999999, TRACE_NONE), TRACE_SEEN_RUNNING);
	assert_int_equal(trace_lane_seen(m, 1, 1, 100000000, TRACE_NONE),
	                 TRACE_SEEN_RUNNING | TRACE_SEEN_BLOCKED);
	struct trace_state_now now;
	trace_lane_state(m, 1, 2, 99999999, &now);
	assert_false(now.blocked);
	trace_lane_state(m, 1, 2, 100000000, &now);
	assert_true(now.blocked);
}

static void model__scopes__open_move_and_close(void **state)
{
	struct trace_record r = {.id = 1, .a = 9, .sub = TRACE_SCOPE_TIMEOUT, .kind = TRACE_SCOPE};
	make_log_task(&story, 1, "main", 0);
	r.arg = 1 | TRACE_TIMED;
	r.b = 500;
	make_log_put(&story, 1, r);
	r.b = 700;
	make_log_put(&story, 1, r);
	r.arg = 0;
	make_log_put(&story, 1, r);
	r.arg = 1;
	make_log_put(&story, 1, r);
	const struct trace_model *m = read_story(state);
	assert_int_equal(m->n_scopes, 2);
	assert_int_equal(m->scopes[0].lane, 1);
	assert_int_equal(m->scopes[0].opened, 1);
	assert_int_equal(m->scopes[0].closed, 3);
	assert_int_equal(m->scopes[0].deadline_ns, 700);
	assert_int_equal(m->scopes[1].closed, TRACE_NONE);
	assert_true(m->scopes[1].deadline_ns == UINT64_MAX);
	/* as it was at each moment */
	assert_int_equal(trace_scope_deadline_ns(m, 0, 1), 500);
	assert_int_equal(trace_scope_deadline_ns(m, 0, 2), 700);
	assert_int_equal(trace_lane_scope(m, 1, 0), TRACE_NONE);
	assert_int_equal(trace_lane_scope(m, 1, 1), 0);
	assert_int_equal(trace_lane_scope(m, 1, 2), 0);
}

/* Three scopes whose deadlines are moved in turn: each had the deadline at every moment that was given to it last. */
static void model__deadlines_moved_many_times__are_known_at_each_moment(void **state)
{
	enum { N_SCOPES = 3, N_MOVES = 3000 };
	uint32_t random = 11, given_to[N_MOVES], deadlines[N_SCOPES] = {0};
	make_log_task(&story, 1, "main", 0);
	for (uint32_t i = 0; i < N_MOVES; i++) {
		given_to[i] = i < N_SCOPES ? i : random_next(&random, 20) % N_SCOPES;
		make_log_put(&story, 1,
		             (struct trace_record){.id = 1,
		                                   .a = 1 + given_to[i],
		                                   .b = 1000 + i,
		                                   .arg = 1 | TRACE_TIMED,
		                                   .sub = TRACE_SCOPE_TIMEOUT,
		                                   .kind = TRACE_SCOPE});
	}
	const struct trace_model *m = read_story(state);
	assert_int_equal(m->n_scopes, N_SCOPES);
	for (uint32_t i = 0; i < N_MOVES; i++) {
		deadlines[given_to[i]] = 1000 + i;
		for (uint32_t scope = 0; scope < N_SCOPES && i >= N_SCOPES; scope++)
			assert_int_equal(trace_scope_deadline_ns(m, scope, 1 + i),
			                 deadlines[scope]);
	}
}

static void put_use(uint32_t writer, uint32_t task, enum trace_var_op op, uint32_t value)
{
	make_log_put(
	        &story, writer,
	        (struct trace_record){
	                .id = task, .a = 0, .b = value, .sub = (uint8_t)op, .kind = TRACE_VAR});
}

static void model__uses_of_a_variable__a_lost_update_is_one_that_somebody_wrote_before(void **state)
{
	make_log_task(&story, 1, "one", 0);
	make_log_task(&story, 2, "two", 0);
	put_use(1, 1, TRACE_VAR_READ, 0);
	put_use(2, 2, TRACE_VAR_READ, 0);
	put_use(3, 1, TRACE_VAR_WRITE, 1);
	put_use(4, 2, TRACE_VAR_WRITE, 1); /* one's write is gone */
	put_use(5, 2, TRACE_VAR_READ, 1);
	put_use(6, 2, TRACE_VAR_WRITE, 2);
	put_use(7, 1, TRACE_VAR_WRITE, 9); /* did not read since its own write */
	const struct trace_model *m = read_story(state);
	assert_int_equal(m->n_vars, 1);
	assert_int_equal(m->vars[0].n, 7);
	for (size_t i = 0; i < 7; i++)
		assert_int_equal((trace_var_used(&m->vars[0], i, i + 1) & TRACE_USED_LOST) != 0,
		                 i == 3);
	size_t from;
	uint32_t first = m->vars[0].ordinals[2];
	assert_int_equal(trace_var_uses(&m->vars[0], first, first + 2, &from), 2);
	assert_int_equal(from, 2);
	assert_int_equal(trace_var_uses(&m->vars[0], 5, 5, &from), 0);
}

/* The same, told the slow way: back through the uses to the task's own one before. */
static bool loses(const struct trace_model *m, const struct trace_var *var, size_t index)
{
	const struct trace_record *write = trace_model_event(m, var->ordinals[index]);
	bool is_stale = false;
	for (size_t i = index; write->sub == TRACE_VAR_WRITE && i-- > 0;) {
		const struct trace_record *use = trace_model_event(m, var->ordinals[i]);
		if (use->id == write->id)
			return is_stale && use->sub == TRACE_VAR_READ;
		is_stale = is_stale || use->sub == TRACE_VAR_WRITE;
	}
	return false;
}

static void model__random_uses_of_variables__are_judged_as_going_back_does(void **state)
{
	enum { N_TASKS = 40, N_NAMES = 60, N_USES = 6000 };
	uint32_t random = 5, names[N_NAMES];
	size_t n_lost = 0, n_uses = 0;
	for (uint32_t task = 1; task <= N_TASKS; task++)
		make_log_task(&story, task, "task", 0);
	for (uint32_t i = 0; i < N_NAMES; i++) {
		char name[16]; /* each name stands twice in the file, and means one variable */
		snprintf(name, sizeof name, "v%u", (unsigned)(i / 2));
		names[i] = make_log_string(&story, name);
	}
	for (uint32_t i = 0; i < N_USES; i++)
		make_log_put(
		        &story, 1,
		        (struct trace_record){.id = random_next(&random, N_TASKS + 1),
		                              .a = random_next(&random, 8)
		                                           ? names[random_next(&random, 4)]
		                                           : names[random_next(&random, N_NAMES)],
		                              .sub = (uint8_t)(1 + random_next(&random, 2)),
		                              .kind = TRACE_VAR});
	const struct trace_model *m = read_story(state);
	assert_int_equal(m->n_vars, N_NAMES / 2);
	for (size_t v = 0; v < m->n_vars; v++)
		for (size_t i = 0; i < m->vars[v].n; i++, n_uses++) {
			unsigned used = trace_var_used(&m->vars[v], i, i + 1);
			assert_int_equal((used & TRACE_USED_LOST) != 0, loses(m, &m->vars[v], i));
			n_lost += (used & TRACE_USED_LOST) != 0;
		}
	assert_int_equal(n_uses, N_USES);
	assert_true(n_lost > 100 && n_lost < N_USES / 2);
}

static void model__marks_of_a_task__are_told_by_their_events(void **state)
{
	make_log_task(&story, 1, "main", 0);
	for (uint8_t phase = TRACE_CANCEL_REQUESTED; phase <= TRACE_CANCEL_SHIELDED; phase++)
		make_log_put(&story, 1,
		             (struct trace_record){.id = 1, .sub = phase, .kind = TRACE_CANCEL});
	make_log_put(&story, 1,
	             (struct trace_record){
	                     .id = 1, .kind = TRACE_ERROR, .sub = TRACE_ERROR_NEVER_RETRIEVED});
	make_log_put(&story, 1,
	             (struct trace_record){.id = 0, .kind = TRACE_CALL, .sub = TRACE_PHASE_BEGIN});
	const struct trace_model *m = read_story(state);
	const struct trace_lane *lane = &m->lanes[1];
	for (uint32_t i = 0; i < 4; i++)
		assert_int_equal(trace_lane_marks(m, 1, lane->others[i], lane->others[i] + 1),
		                 1u << (i + 1));
	assert_int_equal(trace_lane_marks(m, 1, lane->others[4], TRACE_NONE),
	                 TRACE_MARKED_NEVER_RETRIEVED);
	assert_int_equal(trace_lane_marks(m, 1, 0, lane->others[0]), 0);
	uint32_t last = TRACE_NONE;
	assert_int_equal(trace_lane_others(m, 0, 0, TRACE_NONE, &last), 1);
	assert_int_equal(trace_model_event(m, last)->kind, TRACE_CALL);
}

static void model__lost_records__are_counted_once(void **state)
{
	make_log_put(&story, 1, (struct trace_record){.b = 3, .kind = TRACE_LOST});
	atomic_store(&make_log_header(&story)->lost, 5);
	assert_int_equal(read_story(state)->lost, 5);
}

/* ---- growing ------------------------------------------------------------------------------------ */

/* Everything that the model says, as text. owns: returns memory. */
static char *say(const struct trace_model *m)
{
	char *text = NULL;
	size_t n = 0;
	struct trace_error error;
	FILE *out = open_memstream(&text, &n);
	assert_non_null(out);
	struct trace_export export;
	trace_export_init(&export, m);
	assert_int_equal(trace_jsonl_write(&export, out, &error), 0);
	for (uint32_t lane = 0; lane < m->n_lanes; lane++) {
		fprintf(out, "%u %s:", m->order[lane], m->lanes[lane].name);
		for (uint64_t t = 0; t <= m->t_end_ns; t += m->t_end_ns / 50 + 1)
			fprintf(out, " %x",
			        trace_lane_seen(m, lane, t, t + m->t_end_ns / 50 + 1, TRACE_NONE));
		fputc('\n', out);
	}
	fclose(out);
	return text;
}

/* Write slots one after the other in the given order into a file that a model follows; returns what it says at last. */
static char *follow(struct make_log *log, const uint32_t *slots, size_t n, int *n_rebuilt)
{
	const char *path = make_log_path("follow.gtt");
	struct trace_error error;
	struct trace_reader *reader;
	unsigned char *blank = calloc(1, log->n_bytes), *full = log->bytes;
	memcpy(blank, full, TRACE_HEADER_BYTES);
	log->bytes = blank;
	make_log_write(log, path, log->n_bytes);
	log->bytes = full;
	free(blank);
	assert_int_equal(trace_reader_open(&reader, path, false, &error), 0);
	struct trace_model *m = trace_model_create(reader);
	int fd = open(path, O_RDWR);
	for (size_t i = 0; i < n; i++) {
		off_t at = (off_t)(4096 + 32 * (size_t)slots[i]);
		assert_int_equal(pwrite(fd, full + at, 32, at), 32);
		if (i % 3)
			continue;
		int rc = trace_model_update(m, &error);
		assert_true(rc >= 0);
		*n_rebuilt += rc == TRACE_REBUILT;
	}
	close(fd);
	assert_true(trace_model_update(m, &error) >= 0);
	char *said = say(m);
	trace_model_destroy(m);
	return said;
}

static uint32_t *slots_in_order(struct make_log *log, size_t *n)
{
	uint32_t *slots = calloc(log->n_blocks, 512 * sizeof *slots);
	*n = 0;
	for (uint32_t slot = 0; slot < log->n_blocks * 512; slot++)
		if (make_log_at(log, slot)->kind)
			slots[(*n)++] = slot;
	return slots;
}

static void model_update__slot_by_slot__equals_reading_at_once(void **state)
{
	size_t n;
	int n_rebuilt = 0;
	random_log(&story, 5, 1500, true);
	atomic_store(&make_log_header(&story)->live, TRACE_LIVE);
	story.n_bytes = TRACE_HEADER_BYTES + (size_t)story.n_blocks * TRACE_BLOCK_BYTES;
	char *at_once = say(read_story(state));
	uint32_t *slots = slots_in_order(&story, &n);
	char *followed = follow(&story, slots, n, &n_rebuilt);
	assert_string_equal(followed, at_once);
	assert_int_equal(n_rebuilt, 0);
	free(slots);
	free(followed);
	free(at_once);
}

static void model_update__second_writer_publishes_late__rebuilds_to_the_same(void **state)
{
	size_t n = 0;
	int n_rebuilt = 0;
	uint32_t random = 77;
	random_log(&story, 6, 400, false);
	atomic_store(&make_log_header(&story)->live, TRACE_LIVE);
	uint64_t end_ns = story.t_ns, t_ns = 0;
	story.n_bytes = TRACE_HEADER_BYTES + (size_t)story.n_blocks * TRACE_BLOCK_BYTES;
	while ((t_ns += random_next(&random, 9)) < end_ns) /* a pool thread */
		make_log_put(&story, 2,
		             (struct trace_record){.t_ns = t_ns,
		                                   .id = 8,
		                                   .sub = (uint8_t)(1 + random_next(&random, 2)),
		                                   .kind = TRACE_WORKER});
	char *at_once = say(read_story(state));
	uint32_t *slots = slots_in_order(&story, &n);
	char *followed = follow(&story, slots, n, &n_rebuilt); /* the thread's block comes last */
	assert_string_equal(followed, at_once);
	assert_true(n_rebuilt > 0);
	free(slots);
	free(followed);
	free(at_once);
}

static void model_update__damage_later_in_the_file__keeps_what_came_before(void **state)
{
	struct trace_error error = {0};
	struct trace_reader *reader;
	const char *path = make_log_path("later.gtt");
	make_log_task(&story, 1, "main", 0);
	make_log_ready(&story, 1, TRACE_WHY_START, 0);
	make_log_run(&story, 8);
	make_log_run(&story, 1);
	make_log_write(&story, path, story.n_bytes);
	assert_int_equal(trace_reader_open(&reader, path, false, &error), 0);
	struct trace_model *m = *state = trace_model_create(reader);
	assert_int_equal(trace_model_update(m, &error), TRACE_EFORMAT);
	assert_int_equal(error.offset, 4096 + 4 * 32 + 8);
	assert_int_equal(m->n_events, 2);
	memset(&error, 0, sizeof error);
	assert_int_equal(trace_model_update(m, &error), TRACE_EFORMAT);
	assert_int_equal(error.offset, 4096 + 4 * 32 + 8);
	assert_int_equal(m->n_events, 2);
}

#define STORY_TEST(name) cmocka_unit_test_setup_teardown(name, begin_story, end_story)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        STORY_TEST(model__empty_recording__has_the_loop),
	        STORY_TEST(model__lanes__are_ordered_loop_tree_workers_objects),
	        STORY_TEST(model__lanes_without_a_name_or_with_a_harmful_one__get_a_fair_one),
	        STORY_TEST(model__tasks_nested_very_deep__are_ordered_without_recursion),
	        STORY_TEST(model__first_line__is_read),
	        STORY_TEST(model__sample__answers),
	        STORY_TEST(lane_seen__open_step__is_blocked_once_it_is_long_enough),
	        STORY_TEST(
	                model__uses_of_a_variable__a_lost_update_is_one_that_somebody_wrote_before),
	        STORY_TEST(model__marks_of_a_task__are_told_by_their_events),
	        STORY_TEST(model__scopes__open_move_and_close),
	        STORY_TEST(model__deadlines_moved_many_times__are_known_at_each_moment),
	        STORY_TEST(model__random_uses_of_variables__are_judged_as_going_back_does),
	        STORY_TEST(model__lost_records__are_counted_once),
	        STORY_TEST(model_update__slot_by_slot__equals_reading_at_once),
	        STORY_TEST(model_update__second_writer_publishes_late__rebuilds_to_the_same),
	        STORY_TEST(model_update__damage_later_in_the_file__keeps_what_came_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
