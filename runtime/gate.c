/* The gate and the pace.
 *
 * Wall times are computed from an anchor (this virtual time is at that wall time), never added up, so a paced run does not
 * drift. Every wait is one futex wait on the gate's `knock`, so a wish is heard at once and waiting costs nothing. Invariant:
 * what stands in the header's pacing is what the loop itself uses.
 */
#include "runtime/gate.h"

#include "runtime/run_queue.h"

#include <errno.h>
#include <limits.h>
#include <time.h>

#if defined __linux__
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#define PPM 1000000u

void gt__word_wait(_Atomic uint32_t *word, uint32_t seen, uint64_t ns)
{
	struct timespec t = {(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)};
#if defined __linux__
	syscall(SYS_futex, word, FUTEX_WAIT, seen, ns == UINT64_MAX ? NULL : &t, NULL, 0);
#else
	struct timespec slice = {0, 1000000};
	if (atomic_load(word) == seen)
		nanosleep(ns < 1000000u ? &t : &slice, NULL);
#endif
}

void gt__word_wake(_Atomic uint32_t *word)
{
#if defined __linux__
	syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
#else
	(void)word; /* whoever waits looks again in a moment */
#endif
}

static void sleep_for(uint64_t ns)
{
	struct timespec t = {(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)};
	while (nanosleep(&t, &t) && errno == EINTR)
		;
}

/* ---- The pace ---- */

/* Tell viewers that the time is `t_ns` at that wall time, and goes at `speed_ppm`. */
static void publish(struct gt__loop *loop, uint64_t t_ns, uint64_t mono_ns, uint32_t speed_ppm)
{
	if (!loop->header)
		return;
	struct trace_pacing *p = &loop->header->pacing;
	atomic_fetch_add(&p->sequence, 1);
	atomic_store(&p->t_ns, t_ns);
	atomic_store(&p->mono_ns, mono_ns);
	atomic_store(&p->speed_ppm, speed_ppm);
	atomic_fetch_add(&p->sequence, 1);
}

/* From now on the virtual time is `t_ns`, and goes at `speed_ppm`. */
static void anchor(struct gt__loop *loop, uint64_t t_ns, uint32_t speed_ppm)
{
	if (loop->kind != GT_CLOCK_PACED)
		return;
	loop->pace_t_ns = t_ns;
	loop->pace_mono_ns = gt__mono_ns();
	publish(loop, t_ns, loop->pace_mono_ns, speed_ppm);
}

/* The virtual time that the wall shows. */
static uint64_t paced_now(const struct gt__loop *loop)
{
	uint64_t wall = gt__mono_ns() - loop->pace_mono_ns;
	return loop->pace_t_ns + (uint64_t)((gt__u128)wall * loop->speed_ppm / PPM);
}

/* How long the wall still needs until `t_ns`. */
static uint64_t wall_left(const struct gt__loop *loop, uint64_t t_ns)
{
	uint64_t wall = (uint64_t)((gt__u128)(t_ns - loop->pace_t_ns) * PPM / loop->speed_ppm);
	uint64_t passed = gt__mono_ns() - loop->pace_mono_ns;
	return wall > passed ? wall - passed : 0;
}

void gt__pace_start(struct gt__loop *loop, bool hold)
{
	loop->holding = hold;
	/* a viewer may have knocked since the file was made: what he wished stays, and is heeded before the first step */
	loop->knock_seen = 0;
	if (loop->header && hold)
		atomic_store(&loop->header->gate.hold, 1);
	if (loop->kind == GT_CLOCK_REAL)
		publish(loop, 0, loop->clock.started_mono_ns, PPM);
	else
		anchor(loop, loop->clock.now_ns, hold ? 0 : loop->speed_ppm);
}

void gt__pace_stop(struct gt__loop *loop)
{
	if (loop->kind != GT_CLOCK_VIRTUAL)
		publish(loop, gt__clock_now(&loop->clock), gt__mono_ns(), 0);
}

/* ---- The gate ---- */

static struct gt_task *find_living(struct gt__loop *loop, uint32_t id)
{
	struct gt_task *task = gt__task_find(loop, id);
	return task && !gt__future_is_done(&task->future) ? task : NULL;
}

/* The task goes first among those that are ready. */
static void pick(struct gt__loop *loop, uint32_t id)
{
	struct gt_task *task = find_living(loop, id);
	if (!task || !task->step.queued)
		return;
	if (gt__is_in_batch(loop, &task->step)) {
		/* it only changes its place */
	} else if (loop->n_batch) {
		task->step.queued = loop->turn ^ 3;
		loop->n_batch++;
		loop->n_later--;
	} else if (!(task->step.queued & GT__PICKED)) {
		task->step.queued |= GT__PICKED;
		loop->n_picked++;
	}
	gt__node_unlink(&task->step.node);
	gt__list_append(loop->ready.next, &task->step.node); /* before the first one */
}

/* Do what the viewer asked for. Returns whether the gate is shut. `t_ns`: the virtual time now. */
static bool heed(struct gt__loop *loop, uint64_t t_ns)
{
	struct trace_gate *gate = &loop->header->gate;
	loop->knock_seen = atomic_load_explicit(&gate->knock, memory_order_acquire);
	bool hold = atomic_load(&gate->hold);
	uint32_t speed = atomic_exchange(&gate->speed_ppm, 0);
	if (speed)
		loop->speed_ppm = speed;
	if (hold != loop->holding || (speed && !hold))
		anchor(loop, t_ns, hold ? 0 : loop->speed_ppm);
	loop->holding = hold;
	uint32_t id = atomic_exchange(&gate->cancel, 0);
	struct gt_task *task = id ? find_living(loop, id) : NULL;
	if (task) {
		/* the picture has shown the time up to now: what is recorded next is not earlier */
		if (loop->kind == GT_CLOCK_PACED && t_ns > loop->clock.now_ns)
			loop->clock.now_ns = t_ns;
		gt__future_cancel(&task->future);
	}
	id = atomic_exchange(&gate->pick, 0);
	if (id)
		pick(loop, id);
	return hold;
}

static void wait_shut(struct gt__loop *loop)
{
	struct trace_gate *gate = &loop->header->gate;
	atomic_store(&gate->held, 1);
	gt__word_wait(&gate->knock, loop->knock_seen, UINT64_MAX);
	atomic_store(&gate->held, 0);
}

/* Real time has passed at the gate: what is recorded next is of a new instant. */
static void leave_gate(struct gt__loop *loop)
{
	if (loop->clock.real)
		loop->pen.t_ns = gt__clock_now(&loop->clock);
}

void gt__gate_wait(struct gt__loop *loop)
{
	struct trace_gate *gate = &loop->header->gate;
	gt__instant_end(loop); /* here time passes */
	loop->current = NULL;  /* nobody runs here */
	loop->acting = 0;
	while (heed(loop, loop->clock.now_ns)) {
		if (atomic_load(&gate->steps)) {
			atomic_fetch_sub(&gate->steps, 1);
			break;
		}
		wait_shut(loop);
	}
	leave_gate(loop);
}

void gt__gate_heed(struct gt__loop *loop)
{
	heed(loop, gt__clock_now(&loop->clock));
}

void gt__gate_sleep(struct gt__loop *loop, uint64_t ns)
{
	gt__word_wait(&loop->header->gate.knock, loop->knock_seen, ns);
}

/* The virtual time now, not beyond the event that is waited for. */
static uint64_t now_before(const struct gt__loop *loop, uint64_t t_ns)
{
	uint64_t now = loop->holding ? loop->pace_t_ns : paced_now(loop);
	return now < t_ns ? now : t_ns;
}

/* `idle`: whoever becomes ready by a wish ends the wait. */
static void wait_until(struct gt__loop *loop, uint64_t t_ns, bool idle)
{
	if (!loop->header) {
		sleep_for(wall_left(loop, t_ns));
		return;
	}
	for (;;) {
		bool hold = heed(loop, now_before(loop, t_ns));
		if (idle && !gt__list_is_empty(&loop->ready))
			return; /* the viewer cancelled somebody */
		if (hold && atomic_load(&loop->header->gate.steps)) {
			anchor(loop, t_ns, 0);
			return;
		}
		if (hold) {
			wait_shut(loop);
			continue;
		}
		uint64_t left = wall_left(loop, t_ns);
		if (!left)
			return;
		gt__word_wait(&loop->header->gate.knock, loop->knock_seen, left);
	}
}

void gt__pace_idle(struct gt__loop *loop, uint64_t t_ns)
{
	wait_until(loop, t_ns, true);
}

void gt__pace_block(struct gt__loop *loop, uint64_t t_ns)
{
	if (loop->header && loop->holding) /* part of a step that has been given leave: it jumps */
		anchor(loop, t_ns, 0);
	else
		wait_until(loop, t_ns, false);
}
