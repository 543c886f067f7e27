/* The floor: what is open at all on this machine to a scheduler of stackful tasks: floor WORKLOAD [on].
 *
 * The workloads of bench/workload.c, in the same sizes, on the scheduler of floor.h, which does nothing but switch. Prints
 * `result NAME METRIC VALUE` lines as the other peers do; a workload that is not known is answered with nothing.
 *
 * "on" records: 2 records a yield, 7 a task (spawn and join, a crowd), 9 a turn with a permit or a lock, 2 to 3 an item of a queue, where
 * bench/runtimes.md says what ours leaves. `result NAME records` says it to the digit.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/measure.h"

#if defined __x86_64__

#include "bench/peers/floor.h"

#define N_ALIVE 100000u
#define N_WARM  4000u

struct workload {
	const char *name;
	uint64_t (*run)(const struct workload *w); /* returns when the operations began */
	size_t n, n_tasks, capacity;
};

static struct task *tasks[N_ALIVE];
static struct line gate = {NULL, &gate.first};
/* Other tasks change these while a call is under way; the compiler, which sees all of the program, would not think so. */
static volatile size_t n_there;
static volatile intptr_t sum;

static void crowd(void (*body)(intptr_t), size_t n, size_t n_turns)
{
	for (size_t i = 0; i < n; i++)
		tasks[i] = task_spawn(body, (intptr_t)n_turns);
	for (size_t i = 0; i < n; i++)
		task_join(tasks[i]);
}

static void yielder(intptr_t n)
{
	for (; n; n--)
		task_yield();
}

static void permit_user(intptr_t n)
{
	for (; n; n--) {
		permits_acquire(&permits);
		task_yield();
		permits_release(&permits);
	}
}

static void nothing(intptr_t arg)
{
	(void)arg;
}

static void gated(intptr_t arg)
{
	(void)arg;
	n_there++;
	wait_in(&gate);
}

static void producer(intptr_t n)
{
	for (intptr_t i = 0; i < n; i++)
		channel_put(&channel, i);
}

static void consumer(intptr_t n)
{
	for (; n; n--)
		sum += channel_get(&channel);
}

static uint64_t yields(const struct workload *w)
{
	uint64_t start_ns = measure_now_ns();
	crowd(yielder, w->n_tasks, w->n / w->n_tasks);
	return start_ns;
}

static uint64_t shared(const struct workload *w)
{
	uint64_t start_ns = measure_now_ns();
	permits.n_left = w->capacity;
	crowd(permit_user, w->n_tasks, w->n / w->n_tasks);
	return start_ns;
}

static uint64_t spawn_join(const struct workload *w)
{
	uint64_t start_ns = measure_now_ns();
	for (size_t i = 0; i < w->n; i++)
		task_join(task_spawn(nothing, 0));
	return start_ns;
}

/* Let `n` tasks wait at the gate, all at once, open it, and see them off. `bytes`: in memory while they stand there, if asked for. */
static void alive(size_t n, double *bytes)
{
	n_there = 0;
	for (size_t i = 0; i < n; i++)
		tasks[i] = task_spawn(gated, 0);
	while (n_there < n)
		task_yield();
	if (bytes)
		*bytes = measure_resident_bytes();
	for (struct task *task; (task = line_take(&gate));)
		wake(task);
	for (size_t i = 0; i < n; i++)
		task_join(tasks[i]);
}

static uint64_t alive_warm(const struct workload *w)
{
	alive(N_WARM, NULL);
	n_records = 0;
	uint64_t start_ns = measure_now_ns();
	for (size_t i = 0; i < w->n; i += N_WARM)
		alive(N_WARM, NULL);
	return start_ns;
}

static uint64_t alive_cold(const struct workload *w)
{
	double before = measure_resident_bytes(), there = 0;
	uint64_t start_ns = measure_now_ns();
	alive(w->n, &there);
	printf("result\t%s\tresident_bytes\t%.3f\n", w->name, (there - before) / (double)w->n);
	return start_ns;
}

static uint64_t queue(const struct workload *w)
{
	channel.capacity = w->capacity;
	uint64_t start_ns = measure_now_ns();
	struct task *from = task_spawn(producer, (intptr_t)w->n);
	struct task *to = task_spawn(consumer, (intptr_t)w->n);
	task_join(from);
	task_join(to);
	if (sum != (intptr_t)(w->n * (w->n - 1) / 2))
		measure_die("find", "every item", "one was lost");
	return start_ns;
}

static const struct workload *find(const char *name)
{
	static const struct workload all[] = {
	        {"yield-2", yields, 2000000, 2, 0},
	        {"yield-1000", yields, 2000000, 1000, 0},
	        {"spawn-join", spawn_join, 500000, 0, 0},
	        {"alive-4000", alive_warm, 100000, 0, 0},
	        {"alive-100000", alive_cold, N_ALIVE, 0, 0},
	        {"queue-1", queue, 1000000, 0, 1},
	        {"queue-100", queue, 1000000, 0, 100},
	        {"semaphore", shared, 500000, 1000, 10},
	        {"lock", shared, 500000, 1000, 1},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strcmp(all[i].name, name))
			return &all[i];
	return NULL;
}

int main(int argc, char **argv)
{
	const struct workload *w = argc > 1 ? find(argv[1]) : NULL;
	if (!w)
		return 0;
	if (argc > 2)
		record_start();
	uint64_t start_ns = w->run(w);
	printf("result\t%s\tns\t%.3f\n", w->name,
	       (double)(measure_now_ns() - start_ns) / (double)w->n);
	if (ring)
		printf("result\t%s\trecords\t%.3f\n", w->name, (double)n_records / (double)w->n);
	return 0;
}

#else

int main(int argc, char **argv)
{
	measure_die("run", argc > 1 ? argv[1] : "the floor", "its switch is written for x86-64");
}

#endif
