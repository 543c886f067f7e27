/* The stories that several suites look at, told by hand: short enough to be checked by eye. */
#include "tests/viz/tape.h"

#include <stdio.h>

enum { SEM_TASKS = 5, SEM_PERMITS = 2, HOLD_MS = 300 };

struct sem_story {
	struct tape *tape;
	uint32_t main, task[SEM_TASKS], sem;
	int64_t left;
	uint32_t waiters;
};

static void say(struct tape *tape, uint32_t task, const char *what)
{
	tape_log(tape, task, what);
}

static void sem_enter(struct sem_story *s, int i, uint64_t ms)
{
	s->left--;
	tape_level(s->tape, s->sem, s->left, s->waiters);
	tape_hold(s->tape, s->sem, s->task[i], true);
	say(s->tape, s->task[i], "Acquired semaphore");
	tape_wait(s->tape, s->task[i], TRACE_ON_SLEEP, 0, ms + HOLD_MS);
}

/* Task i leaves and the first in line, if any, is woken. */
static void sem_leave(struct sem_story *s, int i, int next)
{
	tape_run(s->tape, s->task[i]);
	say(s->tape, s->task[i], "Releasing semaphore");
	s->left++;
	if (next < SEM_TASKS)
		s->waiters--;
	tape_hold(s->tape, s->sem, s->task[i], false);
	tape_level(s->tape, s->sem, s->left, s->waiters);
	if (next < SEM_TASKS)
		tape_ready(s->tape, s->task[next], TRACE_WHY_RELEASE, s->task[i]);
	tape_done(s->tape, s->task[i], TRACE_OUTCOME_RESULT, "");
}

static void sem_start(struct sem_story *s)
{
	tape_tick(s->tape, TRACE_PHASE_BEGIN, 1);
	tape_run(s->tape, s->main);
	for (int i = 0; i < SEM_TASKS; i++) {
		char name[16];
		snprintf(name, sizeof name, "Task %d", i);
		s->task[i] = tape_task(s->tape, name, s->main);
	}
	tape_wait(s->tape, s->main, TRACE_ON_GATHER, 0, 0);
	for (int i = 0; i < SEM_TASKS; i++) {
		tape_run(s->tape, s->task[i]);
		say(s->tape, s->task[i], "Waiting for semaphore");
		if (s->left > 0) {
			sem_enter(s, i, 0);
			continue;
		}
		tape_level(s->tape, s->sem, 0, ++s->waiters);
		tape_wait(s->tape, s->task[i], TRACE_ON_SEMAPHORE, s->sem, 0);
	}
	tape_tick(s->tape, TRACE_PHASE_END, 0);
}

struct trace_model *tape_semaphore(struct tape *tape)
{
	struct sem_story s = {.tape = tape, .left = SEM_PERMITS};
	tape_begin(tape, "semaphore", "five tasks, two permits",
	           "Nobody is running at 412 ms. Why does Task 4 not start?");
	s.main = tape_task(tape, "main", 0);
	s.sem = tape_object(tape, TRACE_OBJECT_SEMAPHORE, "permits", SEM_PERMITS);
	tape_level(tape, s.sem, SEM_PERMITS, 0);
	sem_start(&s);
	for (int i = 0; i < SEM_TASKS; i += SEM_PERMITS) {
		uint64_t ms = (uint64_t)(i / SEM_PERMITS + 1) * HOLD_MS;
		tape_at(tape, ms);
		tape_tick(tape, TRACE_PHASE_BEGIN, SEM_PERMITS);
		for (int k = i; k < i + SEM_PERMITS && k < SEM_TASKS; k++)
			tape_ready(tape, s.task[k], TRACE_WHY_TIMER, 0);
		for (int k = i; k < i + SEM_PERMITS && k < SEM_TASKS; k++)
			sem_leave(&s, k, k + SEM_PERMITS);
		for (int k = i + SEM_PERMITS; k < i + 2 * SEM_PERMITS && k < SEM_TASKS; k++) {
			tape_run(tape, s.task[k]);
			sem_enter(&s, k, ms);
		}
		if (i + SEM_PERMITS < SEM_TASKS)
			tape_tick(tape, TRACE_PHASE_END, 0);
	}
	tape_ready(tape, s.main, TRACE_WHY_DONE, s.task[SEM_TASKS - 1]);
	tape_run(tape, s.main);
	tape_done(tape, s.main, TRACE_OUTCOME_RESULT, "");
	tape_tick(tape, TRACE_PHASE_END, 0);
	return tape_end(tape, TRACE_STATUS_FINISHED);
}

struct trace_model *tape_blocking(struct tape *tape, enum trace_status status)
{
	tape_begin(tape, "blocking", "a blocking call on the loop",
	           "Which tasks go on during the call?");
	uint32_t ticker = tape_task(tape, "ticker", 0), blocker = tape_task(tape, "blocker", 0);
	tape_run(tape, ticker);
	tape_wait(tape, ticker, TRACE_ON_SLEEP, 0, 100);
	tape_run(tape, blocker);
	tape_wait(tape, blocker, TRACE_ON_SLEEP, 0, 100);
	tape_at(tape, 100);
	tape_tick(tape, TRACE_PHASE_BEGIN, 2);
	tape_ready(tape, blocker, TRACE_WHY_TIMER, 0);
	tape_ready(tape, ticker, TRACE_WHY_TIMER, 0);
	tape_run(tape, blocker);
	tape_log(tape, blocker, "blocking for 500 ms");
	if (status == 0) {
		tape_at(tape, 521);
		tape_log(tape, blocker, "still at it");
		return tape_end(tape, 0);
	}
	tape_at(tape, 600);
	tape_done(tape, blocker, TRACE_OUTCOME_RESULT, "");
	tape_run(tape, ticker);
	tape_log(tape, ticker, "late by 500 ms");
	tape_wait(tape, ticker, TRACE_ON_SLEEP, 0, 700);
	tape_tick(tape, TRACE_PHASE_END, 0);
	tape_at(tape, 700);
	tape_ready(tape, ticker, TRACE_WHY_TIMER, 0);
	tape_run(tape, ticker);
	tape_done(tape, ticker, TRACE_OUTCOME_RESULT, "7");
	return tape_end(tape, status);
}

struct trace_model *tape_endings(struct tape *tape)
{
	tape_begin(tape, "endings", "every way to end", "");
	uint32_t main = tape_task(tape, "main", 0);
	tape_run(tape, main);
	uint32_t good = tape_task(tape, "good", main), bad = tape_task(tape, "bad", main);
	uint32_t gone = tape_task(tape, "gone", main), stubborn = tape_task(tape, "stubborn", main);
	tape_wait(tape, main, TRACE_ON_SLEEP, 0, 500);
	const uint32_t all[] = {good, bad, gone, stubborn};
	const uint64_t until[] = {200, 300, 5000, 5000};
	for (int i = 0; i < 4; i++) {
		tape_run(tape, all[i]);
		tape_wait(tape, all[i], TRACE_ON_SLEEP, 0, until[i]);
	}
	tape_at(tape, 200);
	tape_ready(tape, good, TRACE_WHY_TIMER, 0);
	tape_run(tape, good);
	tape_done(tape, good, TRACE_OUTCOME_RESULT, "HELLO");
	tape_at(tape, 300);
	tape_ready(tape, bad, TRACE_WHY_TIMER, 0);
	tape_run(tape, bad);
	tape_done(tape, bad, TRACE_OUTCOME_ERROR, "OSError: disk is full");
	tape_at(tape, 500);
	tape_ready(tape, main, TRACE_WHY_TIMER, 0);
	tape_run(tape, main);
	tape_cancel(tape, gone, main, TRACE_CANCEL_REQUESTED);
	tape_ready(tape, gone, TRACE_WHY_CANCEL, main);
	tape_cancel(tape, stubborn, main, TRACE_CANCEL_REQUESTED);
	tape_ready(tape, stubborn, TRACE_WHY_CANCEL, main);
	tape_wait(tape, main, TRACE_ON_TASK, stubborn, 0);
	tape_cancel(tape, gone, main, TRACE_CANCEL_DELIVERED);
	tape_run(tape, gone);
	tape_done(tape, gone, TRACE_OUTCOME_CANCELLED, "");
	tape_cancel(tape, stubborn, main, TRACE_CANCEL_DELIVERED);
	tape_run(tape, stubborn);
	tape_cancel(tape, stubborn, main, TRACE_CANCEL_SWALLOWED);
	tape_wait(tape, stubborn, TRACE_ON_SLEEP, 0, 900);
	tape_at(tape, 900);
	tape_ready(tape, stubborn, TRACE_WHY_TIMER, 0);
	tape_run(tape, stubborn);
	tape_done(tape, stubborn, TRACE_OUTCOME_RESULT, "anyway");
	tape_ready(tape, main, TRACE_WHY_DONE, stubborn);
	tape_run(tape, main);
	tape_done(tape, main, TRACE_OUTCOME_RESULT, "");
	return tape_end(tape, TRACE_STATUS_FINISHED);
}

struct trace_model *tape_thread(struct tape *tape)
{
	tape_begin(tape, "to-thread", "the same call on a thread",
	           "Which tasks go on during the call?");
	uint32_t main = tape_task(tape, "main", 0), ticker = tape_task(tape, "ticker", 0);
	tape_run(tape, main);
	tape_worker(tape, 1, main);
	tape_wait(tape, main, TRACE_ON_THREAD, 0, 0);
	tape_run(tape, ticker);
	for (uint64_t ms = 100; ms <= 400; ms += 100) {
		tape_wait(tape, ticker, TRACE_ON_SLEEP, 0, ms);
		tape_at(tape, ms);
		tape_ready(tape, ticker, TRACE_WHY_TIMER, 0);
		tape_run(tape, ticker);
		tape_log(tape, ticker, "tick");
	}
	tape_done(tape, ticker, TRACE_OUTCOME_RESULT, "4 ticks");
	tape_at(tape, 450);
	tape_worker(tape, 1, 0);
	tape_ready(tape, main, TRACE_WHY_THREAD, 0);
	tape_run(tape, main);
	tape_done(tape, main, TRACE_OUTCOME_RESULT, "");
	return tape_end(tape, TRACE_STATUS_FINISHED);
}

struct trace_model *tape_queue(struct tape *tape)
{
	tape_begin(tape, "queue", "a producer and a slow consumer",
	           "In which order do put and got come?");
	uint32_t producer = tape_task(tape, "producer", 0),
	         consumer = tape_task(tape, "consumer", 0);
	uint32_t queue = tape_object(tape, TRACE_OBJECT_QUEUE, "items", 3);
	tape_level(tape, queue, 0, 0);
	tape_run(tape, producer);
	for (int i = 1; i <= 3; i++)
		tape_level(tape, queue, i, 0);
	tape_level(tape, queue, 3, 1);
	tape_wait(tape, producer, TRACE_ON_QUEUE_PUT, queue, 0);
	tape_run(tape, consumer);
	tape_level(tape, queue, 2, 0);
	tape_ready(tape, producer, TRACE_WHY_GET, consumer);
	tape_wait(tape, consumer, TRACE_ON_SLEEP, 0, 100);
	tape_run(tape, producer);
	tape_level(tape, queue, 3, 0);
	tape_done(tape, producer, TRACE_OUTCOME_RESULT, "");
	for (int i = 1; i <= 3; i++) {
		tape_at(tape, (uint64_t)i * 100);
		tape_ready(tape, consumer, TRACE_WHY_TIMER, 0);
		tape_run(tape, consumer);
		tape_level(tape, queue, 3 - i, 0);
		tape_log(tape, consumer, "got an item");
		tape_wait(tape, consumer, TRACE_ON_SLEEP, 0, (uint64_t)(i + 1) * 100);
	}
	tape_at(tape, 400);
	tape_ready(tape, consumer, TRACE_WHY_TIMER, 0);
	tape_run(tape, consumer);
	tape_level(tape, queue, 0, 1);
	tape_wait(tape, consumer, TRACE_ON_QUEUE_GET, queue, 0);
	tape_at(tape, 500);
	return tape_end(tape, TRACE_STATUS_KILLED);
}

struct trace_model *tape_deadlock(struct tape *tape)
{
	uint32_t task[2], lock[2];
	tape_begin(tape, "deadlock", "two locks in opposite order", "What happens?");
	for (int i = 0; i < 2; i++) {
		task[i] = tape_task(tape, i == 0 ? "anna" : "bert", 0);
		lock[i] = tape_object(tape, TRACE_OBJECT_LOCK, i == 0 ? "left" : "right", 1);
		tape_level(tape, lock[i], 1, 0);
	}
	for (int i = 0; i < 2; i++) {
		tape_run(tape, task[i]);
		tape_level(tape, lock[i], 0, 0);
		tape_hold(tape, lock[i], task[i], true);
		tape_wait(tape, task[i], TRACE_ON_SLEEP, 0, 100);
	}
	tape_at(tape, 100);
	for (int i = 0; i < 2; i++)
		tape_ready(tape, task[i], TRACE_WHY_TIMER, 0);
	for (int i = 0; i < 2; i++) {
		tape_run(tape, task[i]);
		tape_level(tape, lock[1 - i], 0, 1);
		tape_wait(tape, task[i], TRACE_ON_LOCK, lock[1 - i], 0);
	}
	return tape_end(tape, TRACE_STATUS_DEADLOCK);
}

/* A timeout that comes late inside a group, a shield, an error that nobody asks for, callbacks, a coroutine, two jobs on one worker,
 * a lost update, and records that are lost. */
struct trace_model *tape_marks(struct tape *tape)
{
	tape_begin(tape, "", "marks", "");
	uint32_t main = tape_task(tape, "main", 0);
	tape_tick(tape, TRACE_PHASE_BEGIN, 1);
	tape_run(tape, main);
	tape_scope(tape, main, 1, TRACE_SCOPE_GROUP, true, 0);
	uint32_t slow = tape_task(tape, "slow", main), keeper = tape_task(tape, "keeper", main);
	uint32_t hog = tape_task(tape, "hog", main), lost = tape_task(tape, "lost", main);
	uint32_t coroutine = tape_object(tape, TRACE_OBJECT_COROUTINE, "forgotten", 0);
	tape_wait(tape, main, TRACE_ON_GROUP, 0, 0);
	tape_run(tape, slow);
	tape_scope(tape, slow, 2, TRACE_SCOPE_TIMEOUT, true, 200);
	tape_wait(tape, slow, TRACE_ON_SLEEP, 0, 900);
	tape_run(tape, keeper);
	tape_scope(tape, keeper, 3, TRACE_SCOPE_SHIELD, true, 0);
	tape_wait(tape, keeper, TRACE_ON_SHIELD, lost, 0);
	tape_run(tape, lost);
	tape_use(tape, lost, "counter", TRACE_VAR_READ, 0);
	tape_worker(tape, 1, lost);
	tape_wait(tape, lost, TRACE_ON_THREAD, 0, 0);
	tape_run(tape, hog);
	tape_use(tape, hog, "counter", TRACE_VAR_WRITE, 7);
	tape_wait(tape, hog, TRACE_ON_SLEEP, 0, 150);
	tape_call(tape, "say soon");
	tape_tick(tape, TRACE_PHASE_END, 0);
	tape_at(tape, 100);
	tape_worker(tape, 1, 0);
	tape_worker(tape, 1, keeper);
	tape_call(tape, "say later");
	tape_cancel(tape, lost, keeper, TRACE_CANCEL_SHIELDED);
	tape_at(tape, 150);
	tape_tick(tape, TRACE_PHASE_BEGIN, 1);
	tape_ready(tape, hog, TRACE_WHY_TIMER, 0);
	tape_run(tape, hog);
	tape_at(tape, 400);
	tape_done(tape, hog, TRACE_OUTCOME_RESULT, "");
	tape_cancel(tape, slow, 0, TRACE_CANCEL_REQUESTED);
	tape_ready(tape, slow, TRACE_WHY_CANCEL, 0);
	tape_run(tape, slow);
	tape_cancel(tape, slow, 0, TRACE_CANCEL_DELIVERED);
	tape_scope(tape, slow, 2, TRACE_SCOPE_TIMEOUT, false, 0);
	tape_done(tape, slow, TRACE_OUTCOME_ERROR, "TimeoutError");
	tape_at(tape, 450);
	tape_worker(tape, 1, 0);
	tape_ready(tape, lost, TRACE_WHY_THREAD, 0);
	tape_run(tape, lost);
	tape_use(tape, lost, "counter", TRACE_VAR_WRITE, 1);
	tape_done(tape, lost, TRACE_OUTCOME_ERROR, "OSError: gone");
	tape_at(tape, 500);
	tape_lost(tape, 3);
	tape_error(tape, lost);
	tape_coro(tape, coroutine, main, TRACE_CORO_DROPPED);
	tape_at(tape, 600);
	tape_tick(tape, TRACE_PHASE_END, 0);
	return tape_end(tape, 0);
}
