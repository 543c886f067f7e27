/* Allocations that fail on request. The linker puts the functions below in place of the C library's for whatever the program's own code
 * calls (see WRAPPED in the Makefile), so nothing in the library knows of it. To be included once in a program.
 */
#ifndef GANTTOP_TESTS_ALLOCATION_H
#define GANTTOP_TESTS_ALLOCATION_H

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

static atomic_long
        countdown; /* allocations that succeed before one fails; negative: none fails any more */
static atomic_bool for_ever; /* and so do all that come after it */
static atomic_bool has_failed;

static bool fails(void)
{
	long left = atomic_fetch_sub(&countdown, 1);
	bool now = left == 0 || (left < 0 && atomic_load(&for_ever));
	if (now) {
		atomic_store(&has_failed, true);
		errno = ENOMEM;
	}
	return now;
}

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t n, size_t bytes);
void *__real_realloc(void *old, size_t bytes);
char *__real_strdup(const char *text);
int __real_vasprintf(char **text, const char *format, va_list args)
        __attribute__((format(printf, 2, 0)));
void *__real_mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t offset);
FILE *__real_open_memstream(char **text, size_t *bytes);

void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t n, size_t bytes);
void *__wrap_realloc(void *old, size_t bytes);
char *__wrap_strdup(const char *text);
int __wrap_vasprintf(char **text, const char *format, va_list args)
        __attribute__((format(printf, 2, 0)));
int __wrap_asprintf(char **text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void *__wrap_mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t offset);
FILE *__wrap_open_memstream(char **text, size_t *bytes);

void *__wrap_malloc(size_t bytes)
{
	return fails() ? NULL : __real_malloc(bytes);
}

void *__wrap_calloc(size_t n, size_t bytes)
{
	return fails() ? NULL : __real_calloc(n, bytes);
}

void *__wrap_realloc(void *old, size_t bytes)
{
	return fails() ? NULL : __real_realloc(old, bytes);
}

char *__wrap_strdup(const char *text)
{
	return fails() ? NULL : __real_strdup(text);
}

int __wrap_vasprintf(char **text, const char *format, va_list args)
{
	return fails() ? -1 : __real_vasprintf(text, format, args);
}

int __wrap_asprintf(char **text, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int n = __wrap_vasprintf(text, format, args);
	va_end(args);
	return n;
}

void *__wrap_mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t offset)
{
	return fails() ? MAP_FAILED : __real_mmap(at, bytes, protection, flags, fd, offset);
}

FILE *__wrap_open_memstream(char **text, size_t *bytes)
{
	return fails() ? NULL : __real_open_memstream(text, bytes);
}

/* Let the allocation number `n` from 0 fail, `all`: and those after it. */
static void fail_after(long n, bool all)
{
	atomic_store(&has_failed, false);
	atomic_store(&for_ever, all);
	atomic_store(&countdown, n);
}

static void fail_no_more(void)
{
	atomic_store(&for_ever, false);
	atomic_store(&countdown, -1);
}

#endif
