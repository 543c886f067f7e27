/* The gate and the pace: how a viewer holds, steps and slows a run, and how the paced clock keeps to wall time. */
#ifndef GANTTOP_RUNTIME_GATE_H
#define GANTTOP_RUNTIME_GATE_H

#include "runtime/state.h"

/* Look at what the viewer wishes, and wait here for leave when the gate is shut. To be called before a task's step. */
void gt__gate_wait(struct gt__loop *loop);

static inline void gt__gate_pass(struct gt__loop *loop)
{
	uint32_t knock = atomic_load_explicit(&loop->header->gate.knock, memory_order_acquire);
	if (__builtin_expect(knock != loop->knock_seen || loop->holding, 0))
		gt__gate_wait(loop);
}

/* Wait until `*word` is not `seen`, for `ns` at most (UINT64_MAX: no limit). May return early. */
void gt__word_wait(_Atomic uint32_t *word, uint32_t seen, uint64_t ns);

/* Wake whoever waits for it. */
void gt__word_wake(_Atomic uint32_t *word);

/* Do what the viewer wishes, without waiting. */
void gt__gate_heed(struct gt__loop *loop);

/* Real clock: look at what the viewer wishes, if he has knocked. To be called whenever the loop has slept. */
static inline void gt__gate_glance(struct gt__loop *loop)
{
	if (loop->header && atomic_load_explicit(&loop->header->gate.knock, memory_order_acquire) !=
	                            loop->knock_seen)
		gt__gate_heed(loop);
}

/* Real clock: sleep until a viewer knocks, for `ns` at most. costs no wakeups. */
void gt__gate_sleep(struct gt__loop *loop, uint64_t ns);

/* Begin the run: the pace starts now; with `hold` the gate is shut. */
void gt__pace_start(struct gt__loop *loop, bool hold);

/* Wait until the virtual time `t_ns` has come on the wall, while nothing is ready. A shut gate stops the time; leave for
 * a step lets it jump. */
void gt__pace_idle(struct gt__loop *loop, uint64_t t_ns);

/* Let the thread really wait until `t_ns`, in the middle of a step. */
void gt__pace_block(struct gt__loop *loop, uint64_t t_ns);

/* End the run: time stands still at the loop's time. */
void gt__pace_stop(struct gt__loop *loop);

#endif
