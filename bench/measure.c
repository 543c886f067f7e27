/* Measuring. Rows are text with tabs, so that a person can read them raw and bench/run.sh can make a table of
 * them; medians and quantiles are taken here, where the samples are.
 */
#include "bench/measure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

uint64_t measure_now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t measure_cpu_ns(void)
{
	struct timespec used;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}

double measure_resident_bytes(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	long pages = 0;
	if (!f)
		return 0;
	if (fscanf(f, "%*d %ld", &pages) != 1)
		pages = 0;
	fclose(f);
	return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

void samples_add(struct samples *samples, double value)
{
	if (samples->n == samples->cap) {
		size_t cap = samples->cap ? samples->cap * 2 : 64;
		double *values = realloc(samples->values, cap * sizeof *values);
		if (!values)
			measure_die("keep", "a sample", "out of memory");
		samples->values = values;
		samples->cap = cap;
	}
	samples->values[samples->n++] = value;
}

void samples_fini(struct samples *samples)
{
	free(samples->values);
	*samples = (struct samples){0};
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

double samples_quantile(struct samples *samples, double part)
{
	if (samples->n == 0)
		return 0;
	qsort(samples->values, samples->n, sizeof *samples->values, compare);
	return samples->values[(size_t)(part * (double)(samples->n - 1) + 0.5)];
}

void measure_row(const char *what, double value, const char *unit, const char *note, ...)
{
	va_list args;
	printf("row\t%s\t%.*f\t%s\t", what, value < 100 ? 2 : 0, value, unit);
	va_start(args, note);
	vprintf(note, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
}

void measure_section(const char *title)
{
	printf("section\t%s\n", title);
	fflush(stdout);
}

void measure_die(const char *what, const char *on, const char *why)
{
	fprintf(stderr, "bench: cannot %s %s: %s\n", what, on, why);
	exit(1);
}
