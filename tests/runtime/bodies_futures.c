/* Bodies with futures among tasks, generators that are spoken to, conditions on one lock. */
#include <stdlib.h>

#include "tests/runtime/bodies.h"

#define TRY(call)                                                                                  \
	do {                                                                                       \
		int rc_ = (call);                                                                  \
		if (rc_)                                                                           \
			return rc_;                                                                \
	} while (0)
#define NEED(thing)                                                                                \
	do {                                                                                       \
		if (!(thing))                                                                      \
			return GT_ENOMEM;                                                          \
	} while (0)

static int nap(void *arg)
{
	(void)arg;
	return gt_sleep(GT_MS(1));
}

static void set_it(void *arg)
{
	(void)gt_future_set(arg, 7);
}

static void count(struct gt_future *future, void *arg)
{
	(void)future;
	++*(int *)arg;
}

static int each_as_it_is_done(struct gt_future *const futures[], size_t n)
{
	struct gt_future *next;
	struct gt_completion *completion = gt_future_as_completed(futures, n, GT_MS(50));
	NEED(completion);
	int rc;
	do
		rc = gt_future_as_completed_next(completion, &next);
	while (!rc);
	gt_as_completed_end(completion);
	return rc == GT_EEMPTY ? 0 : rc;
}

int body_futures_together(void *arg)
{
	static int n_called;
	(void)arg;
	struct gt_future *f = gt_future_create("f"), *late = gt_future_create("late");
	struct gt_task *task = gt_spawn(nap, NULL, "nap");
	NEED(f && late && task);
	struct gt_future *all[] = {f, gt_task_future(task), f};
	struct gt_outcome outcomes[3];
	TRY(gt_future_add_done_callback(f, count, &n_called, "count"));
	TRY(gt_future_add_done_callback(late, count, &n_called, "count"));
	if (gt_future_remove_done_callback(late, count, &n_called) != 1)
		return GT_EVALUE;
	NEED(gt_call_later(GT_MS(2), set_it, f, "set"));
	TRY(gt_future_wait(all, 3, GT_FIRST_COMPLETED, GT_MS(10)));
	TRY(gt_future_gather(all, 3, NULL));
	TRY(gt_future_gather_all(all, 3, outcomes));
	TRY(each_as_it_is_done(all, 3));
	TRY(gt_future_shield(f, NULL));
	int rc = gt_future_wait_for(late, GT_MS(1), NULL);
	TRY(rc == GT_ETIMEDOUT ? 0 : rc);
	TRY(gt_future_result(f, NULL));
	gt_release(task);
	TRY(gt_future_destroy(f));
	return gt_future_destroy(late);
}

static int listener(struct gt_gen *gen, void *arg)
{
	(void)arg;
	intptr_t sent = 0;
	int rc = 0;
	while (!rc || rc == GT_EFAILED) {
		TRY(gt_sleep(GT_MS(1)));
		rc = gt_yield_sent(gen, sent, &sent);
	}
	return rc;
}

int body_generator_spoken_to(void *arg)
{
	intptr_t value;
	(void)arg;
	struct gt_gen *gen = gt_gen_create(listener, NULL, "listener");
	NEED(gen);
	int rc = gt_gen_next(gen, &value);
	if (!rc)
		rc = gt_gen_send(gen, 4, &value);
	if (!rc)
		rc = value == 4 ? gt_raise("OSError", "%s", "gone") : GT_EVALUE;
	if (rc == GT_EFAILED)
		rc = gt_gen_throw(gen, rc, &value);
	int closed = gt_gen_close(gen);
	int released = gt_gen_release(gen);
	return rc ? rc : closed ? closed : released;
}

static struct gt_cond *full, *empty;
static int n_items;

static bool has_item(void *arg)
{
	(void)arg;
	return n_items > 0;
}

static int take_two(void *arg)
{
	for (int i = 0; i < 2; i++) {
		TRY(gt_lock_acquire(arg));
		int rc = gt_cond_wait_for(full, has_item, NULL);
		n_items -= !rc;
		(void)gt_cond_notify(empty, 1);
		(void)gt_lock_release(arg);
		TRY(rc);
	}
	return 0;
}

static bool has_room(void *arg)
{
	(void)arg;
	return n_items == 0;
}

int body_conditions_on_one_lock(void *arg)
{
	(void)arg;
	n_items = 0;
	struct gt_lock *lock = gt_lock_create("lock");
	NEED(lock);
	NEED(full = gt_cond_create_on(lock, "full"));
	NEED(empty = gt_cond_create_on(lock, "empty"));
	struct gt_task *consumer = gt_spawn(take_two, lock, "consumer");
	NEED(consumer);
	int rc = 0;
	for (int i = 0; !rc && i < 2; i++) {
		TRY(gt_cond_acquire(empty));
		rc = gt_cond_wait_for(empty, has_room, NULL);
		n_items += !rc;
		(void)gt_cond_notify(full, 1);
		(void)gt_cond_release(empty);
	}
	int joined = gt_join(consumer);
	return rc ? rc : joined;
}
