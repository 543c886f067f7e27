/* The clock of a loop. Under the virtual and the paced clock the time is a variable that the loop moves; under the real clock it
 * is read from the processor's time stamp counter where the kernel trusts it, else from CLOCK_MONOTONIC. It can be held: what follows
 * belongs to one instant then.
 */
#ifndef GANTTOP_RUNTIME_CLOCK_H
#define GANTTOP_RUNTIME_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 gt__u128;

struct gt__clock {
	bool real;
	bool runs;              /* real, and not held: the time has to be read */
	uint64_t now_ns;        /* the time, when it does not run */
	uint64_t calibrated_ns; /* real: when that was done last */
	/* real: now = base_ns + (tsc - base_tsc) * scale / 2^32; scale 0: not calibrated, ask the kernel */
	uint64_t scale;
	uint64_t base_tsc, base_ns;
	uint64_t first_tsc, first_mono_ns; /* the long base line of the calibration */
	uint64_t started_mono_ns;
	bool has_tsc;
};

void gt__clock_init(struct gt__clock *clock, bool real);

/* Read CLOCK_MONOTONIC. units: ns. where: any thread. */
uint64_t gt__mono_ns(void);

uint64_t gt__clock_read_mono(const struct gt__clock *clock);

static inline uint64_t gt__clock_tsc(void)
{
#if defined __x86_64__
	return __builtin_ia32_rdtsc();
#else
	return 0;
#endif
}

/* Return the time since the start of the run. units: ns. */
static inline uint64_t gt__clock_now(const struct gt__clock *clock)
{
	if (!clock->runs)
		return clock->now_ns;
	if (!clock->scale)
		return gt__clock_read_mono(clock);
	uint64_t ticks = gt__clock_tsc() - clock->base_tsc;
	return clock->base_ns + (uint64_t)(((gt__u128)ticks * clock->scale) >> 32);
}

/* Hold the clock at the time that it is. Whoever does that sees to it that it runs again before any code of the program does. */
static inline void gt__clock_hold(struct gt__clock *clock)
{
	if (!clock->runs)
		return;
	clock->now_ns = gt__clock_now(clock);
	clock->runs = false;
}

/* Hold it at `t_ns`, which has just been. Nothing happens under clocks that are no real one. */
static inline void gt__clock_hold_at(struct gt__clock *clock, uint64_t t_ns)
{
	if (!clock->runs)
		return;
	clock->now_ns = t_ns;
	clock->runs = false;
}

static inline void gt__clock_run(struct gt__clock *clock)
{
	clock->runs = clock->real;
}

/* Bring the counter and CLOCK_MONOTONIC together again; called between steps, does something every 10 ms at most.
 * Never lets the time go back. */
void gt__clock_calibrate(struct gt__clock *clock);

#endif
