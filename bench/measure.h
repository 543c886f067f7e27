/* Measuring: a clock, repeated samples, and the rows that bench/run.sh makes a table of. */
#ifndef GANTTOP_BENCH_MEASURE_H
#define GANTTOP_BENCH_MEASURE_H

#include <stddef.h>
#include <stdint.h>

/* Return CLOCK_MONOTONIC. units: ns. */
uint64_t measure_now_ns(void);

/* Return the CPU time of all threads of the process. units: ns. */
uint64_t measure_cpu_ns(void);

/* Return what of the process is in memory; 0 where the system does not say. units: bytes. */
double measure_resident_bytes(void);

/* Return the CPU's own counter where there is one that user code may read, else CLOCK_MONOTONIC: the cheapest stamp
 * that a recorder can take. */
static inline uint64_t measure_stamp(void)
{
#if defined __x86_64__
	return __builtin_ia32_rdtsc();
#elif defined __aarch64__
	uint64_t count;
	__asm__ volatile("mrs %0, cntvct_el0" : "=r"(count));
	return count;
#else
	return measure_now_ns();
#endif
}

/* Samples of one quantity. */
struct samples {
	double *values;
	size_t n, cap;
};

/* Add one sample. Ends the program when out of memory. */
void samples_add(struct samples *samples, double value);
void samples_fini(struct samples *samples);

/* Return the value below which `part` (0 to 1) of the samples lie; 0 without samples. Sorts them. */
double samples_quantile(struct samples *samples, double part);

/* Print one row of the results: what, value, unit, and what it is compared with or has to reach ("" for nothing). */
void measure_row(const char *what, double value, const char *unit, const char *note, ...)
        __attribute__((format(printf, 4, 5)));

/* Print a heading for the rows that follow. */
void measure_section(const char *title);

/* End the program with one line: what failed, on what, why. */
_Noreturn void measure_die(const char *what, const char *on, const char *why);

#endif
