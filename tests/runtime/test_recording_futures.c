/* What the recording says of waits for futures, and of conditions on the lock of others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"
#include "trace/awaited.h"

static struct trace_model *record(gt_body *body)
{
	int code;
	struct gt_options options = GT_OPTIONS_INIT;
	struct trace_model *model = recording_of(options, body, NULL, &code);
	assert_int_equal(code, 0);
	assert_int_equal(recording_violations(model), 0);
	return model;
}

/* Return the `n`th record of that kind, counted from 0. */
static const struct trace_record *nth(const struct trace_model *model, unsigned kind, unsigned sub,
                                      unsigned on, size_t n)
{
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *record = trace_model_event(model, i);
		if (record->kind == kind && record->sub == sub &&
		    (!on || (record->arg & ~TRACE_TIMED) == on) && n-- == 0)
			return record;
	}
	fail_msg("no record %u.%u", kind, sub);
	return NULL;
}

/* ---- Waiting for a future ---- */

static int wait_with_a_limit(void *arg)
{
	(void)arg;
	struct gt_future *future = gt_future_create("answer");
	int rc = gt_future_wait_for(future, GT_MS(10), NULL);
	return rc == GT_ETIMEDOUT ? 0 : rc;
}

static void wait_for__a_future__is_recorded_with_object_and_limit(void **state)
{
	(void)state;
	struct trace_model *model = record(wait_with_a_limit);
	const struct trace_record *wait =
	        nth(model, TRACE_STATE, TRACE_STATE_WAITING, TRACE_ON_FUTURE, 0);
	assert_int_equal(wait->a, 1);
	assert_true(wait->arg & TRACE_TIMED);
	assert_int_equal(wait->b, 10000000);
	const struct trace_record *ready = nth(model, TRACE_STATE, TRACE_STATE_READY, 0, 1);
	assert_int_equal(ready->arg, TRACE_WHY_TIMER);
	trace_model_destroy(model);
}

static int nap(void *arg)
{
	(void)arg;
	return gt_sleep(GT_MS(5));
}

static void set_it(void *arg)
{
	(void)gt_future_set(arg, 1);
}

static int gather_both(void *arg)
{
	(void)arg;
	struct gt_task *task = gt_spawn(nap, NULL, "nap");
	struct gt_future *both[] = {gt_future_create("answer"), gt_task_future(task)};
	gt_call_later(GT_MS(10), set_it, both[0], "set");
	return gt_future_gather(both, 2, NULL);
}

static void gather__of_a_future_and_a_task__names_both(void **state)
{
	(void)state;
	struct trace_model *model = record(gather_both);
	uint32_t lanes[4], lane = trace_model_lane(model, TRACE_LANE_TASK, 1);
	assert_int_equal(recording_count(model, TRACE_AWAIT, 0), 2);
	assert_int_equal(nth(model, TRACE_AWAIT, 0, 0, 0)->a, 0);
	assert_int_equal(nth(model, TRACE_AWAIT, 0, 0, 0)->b, 1);
	assert_int_equal(nth(model, TRACE_AWAIT, 0, 0, 1)->a, 2);
	assert_int_equal(nth(model, TRACE_AWAIT, 0, 0, 1)->b, 0);
	uint32_t at_1 = trace_model_at_time(model, 1000000);
	assert_int_equal(trace_lane_awaited(model, lane, at_1, lanes, 4), 1);
	assert_string_equal(model->lanes[lanes[0]].name, "nap");
	assert_int_equal(trace_lane_awaited_objects(model, lane, at_1, lanes, 4), 1);
	assert_string_equal(model->lanes[lanes[0]].name, "answer");
	uint32_t at_7 = trace_model_at_time(model, 7000000);
	assert_int_equal(trace_lane_awaited(model, lane, at_7, lanes, 4), 0);
	assert_int_equal(trace_lane_awaited_objects(model, lane, at_7, lanes, 4), 1);
	assert_int_equal(nth(model, TRACE_STATE, TRACE_STATE_WAITING, TRACE_ON_GATHER, 0)->id, 1);
	trace_model_destroy(model);
}

/* ---- A condition on the lock of others ---- */

static struct gt_cond *cond;

static int be_notified(void *arg)
{
	int rc = gt_lock_acquire(arg);
	if (rc)
		return rc;
	rc = gt_cond_wait(cond);
	(void)gt_lock_release(arg);
	return rc;
}

static int share_a_lock(void *arg)
{
	(void)arg;
	struct gt_lock *lock = gt_lock_create("lock");
	cond = gt_cond_create_on(lock, "cond");
	gt_spawn(be_notified, lock, "waiter");
	int rc = gt_sleep(GT_MS(10));
	rc = rc ? rc : gt_cond_acquire(cond);
	if (rc)
		return rc;
	(void)gt_cond_notify_all(cond);
	(void)gt_cond_release(cond);
	return gt_sleep(GT_MS(10));
}

static void condition__on_the_lock_of_others__tells_of_its_waiters_alone(void **state)
{
	(void)state;
	struct trace_model *model = record(share_a_lock);
	uint32_t lock = trace_model_lane(model, TRACE_LANE_OBJECT, 1);
	uint32_t lane = trace_model_lane(model, TRACE_LANE_OBJECT, 2), n_waiters, last;
	int64_t level;
	assert_int_equal(model->lanes[lane].capacity, 0);
	const struct trace_record *wait =
	        nth(model, TRACE_STATE, TRACE_STATE_WAITING, TRACE_ON_CONDITION, 0);
	assert_int_equal(wait->a, 2);
	last = (uint32_t)model->n_events - 1;
	for (uint32_t i = 0; i < model->n_events; i++)
		if (trace_model_event(model, i) == wait)
			assert_true(trace_object_level(model, lane, i, &level, &n_waiters) &&
			            level == 0 && n_waiters == 1);
	assert_true(trace_object_level(model, lane, last, &level, &n_waiters));
	assert_int_equal(n_waiters, 0);
	assert_true(trace_object_level(model, lock, last, &level, &n_waiters));
	assert_int_equal(level, 1);
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(wait_for__a_future__is_recorded_with_object_and_limit),
	        cmocka_unit_test(gather__of_a_future_and_a_task__names_both),
	        cmocka_unit_test(condition__on_the_lock_of_others__tells_of_its_waiters_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
