/* Reading and calibrating the real clock.
 *
 * The counter is not calibrated by waiting: the kernel's clock is read during the first ten milliseconds, and
 * the ratio over an ever longer base line after that.
 */
#include "runtime/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define CALIBRATE_EVERY_NS 10000000u

uint64_t gt__mono_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

uint64_t gt__clock_read_mono(const struct gt__clock *clock)
{
	return gt__mono_ns() - clock->started_mono_ns;
}

/* The kernel uses the counter itself only after it has found it constant and in step on all processors. */
static bool kernel_trusts_tsc(void)
{
#if defined __x86_64__
	char name[16] = "";
	FILE *f = fopen("/sys/devices/system/clocksource/clocksource0/current_clocksource", "re");
	if (!f)
		return false;
	if (!fgets(name, sizeof name, f))
		name[0] = '\0';
	fclose(f);
	return !strcmp(name, "tsc\n");
#else
	return false;
#endif
}

void gt__clock_init(struct gt__clock *clock, bool real)
{
	*clock = (struct gt__clock){.real = real, .runs = real, .started_mono_ns = gt__mono_ns()};
	if (!real)
		return;
	clock->has_tsc = kernel_trusts_tsc();
	clock->first_tsc = gt__clock_tsc();
	clock->first_mono_ns = gt__clock_read_mono(clock);
}

void gt__clock_calibrate(struct gt__clock *clock)
{
	if (!clock->has_tsc)
		return;
	uint64_t now = gt__clock_now(clock);
	if (now - clock->calibrated_ns < CALIBRATE_EVERY_NS)
		return;
	uint64_t tsc = gt__clock_tsc();
	uint64_t mono = gt__clock_read_mono(clock);
	uint64_t ticks = tsc - clock->first_tsc, ns = mono - clock->first_mono_ns;
	if (!ticks)
		return;
	/* never back: after a lead over the kernel's clock, go on from here and let the ratio catch up */
	clock->base_ns = mono > now ? mono : now;
	clock->base_tsc = tsc;
	clock->scale = (uint64_t)(((gt__u128)ns << 32) / ticks);
	clock->calibrated_ns = clock->base_ns;
}
