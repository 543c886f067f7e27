/* Knocking at the gate: write the wish, then change the futex word and wake who sleeps on it.
 *
 * The mapping is shared between processes, so the wake must not be FUTEX_PRIVATE. Elsewhere than on Linux the runtime
 * polls.
 */
#include "viz/run/gate.h"

#include <limits.h>
#ifdef __linux__
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

static void knock(struct trace_gate *gate)
{
	atomic_store(&gate->watched, 1);
	atomic_fetch_add(&gate->knock, 1);
#ifdef __linux__
	syscall(SYS_futex, &gate->knock, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
#endif
}

void viz_gate_hold(struct trace_gate *gate, bool hold)
{
	atomic_store(&gate->steps, 0);
	atomic_store(&gate->hold, hold ? 1 : 0);
	knock(gate);
}

void viz_gate_step(struct trace_gate *gate)
{
	atomic_fetch_add(&gate->steps, 1);
	knock(gate);
}

void viz_gate_speed(struct trace_gate *gate, uint32_t speed_ppm)
{
	atomic_store(&gate->speed_ppm, speed_ppm);
	knock(gate);
}

bool viz_gate_is_held(const struct trace_gate *gate)
{
	return atomic_load(&gate->hold) != 0;
}

bool viz_gate_is_still(const struct trace_gate *gate)
{
	return atomic_load(&gate->held) != 0 && atomic_load(&gate->steps) == 0;
}
