/* The workloads. Sizes are those of bench/peers/peer.go; CPython does a tenth of them.
 *
 * Every task is named, as a user would name it, and none is made outside of the measured time but where the workload says
 * warm.
 */
#include "bench/workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/measure.h"
#include "runtime/ganttop.h"

#define N_ALIVE 100000u
#define N_WARM  4000u
#define N_LATE  1000u

static struct gt_task *tasks[N_ALIVE];

/* Start `n` tasks, or say why not. */
static int start(gt_body *body, void *arg, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		tasks[i] = gt_spawn(body, arg, "worker");
		if (!tasks[i])
			return GT_ENOMEM;
	}
	return 0;
}

static int join(size_t n)
{
	int rc = 0;
	for (size_t i = 0; i < n && !rc; i++)
		rc = gt_join(tasks[i]);
	return rc;
}

static int start_and_join(gt_body *body, void *arg, size_t n)
{
	int rc = start(body, arg, n);
	return rc ? rc : join(n);
}

/* ---- Switching ---- */

static int yielder(void *arg)
{
	const struct workload_run *run = arg;
	int rc = 0;
	for (size_t i = run->n / run->n_tasks; i && !rc; i--)
		rc = gt_sleep(0);
	return rc;
}

static int yields(struct workload_run *run)
{
	return start_and_join(yielder, run, run->n_tasks);
}

/* ---- Tasks that come and go ---- */

static int nothing(void *arg)
{
	(void)arg;
	return 0;
}

static int spawn_join(struct workload_run *run)
{
	int rc = 0;
	for (size_t i = 0; i < run->n && !rc; i++) {
		struct gt_task *task = gt_spawn(nothing, NULL, "worker");
		rc = task ? gt_join(task) : GT_ENOMEM;
	}
	return rc;
}

struct crowd {
	struct gt_event *gate;
	size_t n_there;
};

static int gated(void *arg)
{
	struct crowd *crowd = arg;
	crowd->n_there++;
	return gt_event_wait(crowd->gate);
}

/* Let `n` tasks wait at a gate, all at once, open it, and see them off. `resident`: bytes while they stand there. */
static int crowd_once(size_t n, double *resident)
{
	struct crowd crowd = {.gate = gt_event_create("gate")};
	if (!crowd.gate)
		return GT_ENOMEM;
	int rc = start(gated, &crowd, n);
	while (!rc && crowd.n_there < n)
		rc = gt_sleep(0);
	if (resident)
		*resident = measure_resident_bytes();
	gt_event_set(crowd.gate);
	if (!rc)
		rc = join(n);
	gt_event_destroy(crowd.gate);
	return rc;
}

static int alive_warm(struct workload_run *run)
{
	int rc = crowd_once(N_WARM, NULL);
	run->start_ns = measure_now_ns();
	for (size_t i = 0; i < run->n && !rc; i += N_WARM)
		rc = crowd_once(N_WARM, NULL);
	return rc;
}

static int alive_cold(struct workload_run *run)
{
	double before = measure_resident_bytes(), there = 0;
	int rc = crowd_once(run->n, &there);
	run->resident_bytes = (there - before) / (double)run->n;
	return rc;
}

/* ---- Queues ---- */

struct channel {
	struct gt_queue *queue;
	size_t n;
	intptr_t sum;
};

static int producer(void *arg)
{
	struct channel *channel = arg;
	int rc = 0;
	for (size_t i = 0; i < channel->n && !rc; i++)
		rc = gt_queue_put(channel->queue, (intptr_t)i);
	return rc;
}

static int consumer(void *arg)
{
	struct channel *channel = arg;
	int rc = 0;
	for (size_t i = 0; i < channel->n && !rc; i++) {
		intptr_t item = 0;
		rc = gt_queue_get(channel->queue, &item);
		channel->sum += item;
	}
	return rc;
}

static int queue(struct workload_run *run)
{
	struct channel channel = {gt_queue_create("channel", run->capacity), run->n, 0};
	struct gt_task *from = gt_spawn(producer, &channel, "producer");
	struct gt_task *to = gt_spawn(consumer, &channel, "consumer");
	if (!channel.queue || !from || !to)
		return GT_ENOMEM;
	int rc = gt_join(from);
	if (!rc)
		rc = gt_join(to);
	if (!rc && channel.sum != (intptr_t)(run->n * (run->n - 1) / 2))
		rc = gt_raise("every item once", "%zu items", run->n);
	return rc;
}

/* ---- Semaphores and locks ---- */

struct shared {
	struct gt_sem *sem;
	struct gt_lock *lock;
	size_t n_turns;
};

static int permit_user(void *arg)
{
	const struct shared *shared = arg;
	int rc = 0;
	for (size_t i = 0; i < shared->n_turns && !rc; i++) {
		rc = gt_sem_acquire(shared->sem);
		if (!rc)
			rc = gt_sleep(0);
		if (!rc)
			rc = gt_sem_release(shared->sem);
	}
	return rc;
}

static int lock_user(void *arg)
{
	const struct shared *shared = arg;
	int rc = 0;
	for (size_t i = 0; i < shared->n_turns && !rc; i++) {
		rc = gt_lock_acquire(shared->lock);
		if (!rc)
			rc = gt_sleep(0);
		if (!rc)
			rc = gt_lock_release(shared->lock);
	}
	return rc;
}

static int semaphore(struct workload_run *run)
{
	struct shared shared = {.sem = gt_sem_create("permits", (unsigned)run->capacity),
	                        .n_turns = run->n / run->n_tasks};
	return shared.sem ? start_and_join(permit_user, &shared, run->n_tasks) : GT_ENOMEM;
}

static int lock(struct workload_run *run)
{
	struct shared shared = {.lock = gt_lock_create("lock"), .n_turns = run->n / run->n_tasks};
	return shared.lock ? start_and_join(lock_user, &shared, run->n_tasks) : GT_ENOMEM;
}

/* ---- Timers ---- */

static uint32_t next_random(uint32_t *state)
{
	uint32_t x = *state;
	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return *state = x;
}

static int sleeper(void *arg)
{
	return gt_sleep((uint64_t)(uintptr_t)arg);
}

static int timers(struct workload_run *run)
{
	uint32_t state = 12345;
	for (size_t i = 0; i < run->n; i++) {
		uintptr_t ns = (uintptr_t)(next_random(&state) % 100000) * 1000;
		tasks[i] = gt_spawn(sleeper, (void *)ns, "sleeper"); /* NOLINT */
		if (!tasks[i])
			return GT_ENOMEM;
	}
	return join(run->n);
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

static int lateness(struct workload_run *run)
{
	static double late_us[N_LATE];
	int rc = 0;
	for (size_t i = 0; i < N_LATE && !rc; i++) {
		uint64_t from_ns = measure_now_ns();
		rc = gt_sleep(GT_MS(1));
		late_us[i] = ((double)(measure_now_ns() - from_ns) - 1e6) / 1e3;
	}
	qsort(late_us, N_LATE, sizeof *late_us, compare);
	run->late_us = late_us;
	run->n_late = N_LATE;
	return rc;
}

/* ---- The table ---- */

bool workload_find(const char *name, struct workload_run *run)
{
	static const struct workload_run all[] = {
	        {.name = "yield-2", .body = yields, .n = 2000000, .n_tasks = 2},
	        {.name = "yield-1000", .body = yields, .n = 2000000, .n_tasks = 1000},
	        {.name = "spawn-join", .body = spawn_join, .n = 500000},
	        {.name = "alive-4000", .body = alive_warm, .n = 100000},
	        {.name = "alive-100000", .body = alive_cold, .n = N_ALIVE},
	        {.name = "queue-1", .body = queue, .n = 1000000, .capacity = 1},
	        {.name = "queue-100", .body = queue, .n = 1000000, .capacity = 100},
	        {.name = "semaphore",
	         .body = semaphore,
	         .n = 500000,
	         .n_tasks = 1000,
	         .capacity = 10},
	        {.name = "lock", .body = lock, .n = 500000, .n_tasks = 1000},
	        {.name = "timers",
	         .body = timers,
	         .n = N_ALIVE,
	         .is_cpu = true,
	         .needs_real_clock = true},
	        {.name = "lateness", .body = lateness, .n = 1, .needs_real_clock = true},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strcmp(all[i].name, name)) {
			*run = all[i];
			return true;
		}
	return false;
}
