/* A pseudo-terminal that a program under measurement runs in: keys in, bytes out, nothing interpreted. */
#ifndef GANTTOP_BENCH_PTY_H
#define GANTTOP_BENCH_PTY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct pty {
	int fd;    /* the master's side */
	pid_t pid; /* the program */
};

/* Start argv in a pseudo-terminal of that size; with argv NULL, call `inside` there instead. Ends the program when
 * the system refuses. */
void pty_start(struct pty *pty, int rows, int cols, char *const argv[], void (*inside)(void));

/* Read and drop what comes within `ms`, but stop after `quiet_ms` without anything (0: never).
 * Returns how many bytes came. */
size_t pty_drain(struct pty *pty, int ms, int quiet_ms);

/* Type `keys` and wait for what is painted: until 8 ms are quiet after the first byte.
 * Returns the ns from the key to the last byte, 0 when nothing came within 300 ms. */
uint64_t pty_key_ns(struct pty *pty, const char *keys, size_t *n_bytes);

/* Return the CPU time that the program's first thread has used. units: ns; 0 where /proc does not say. */
uint64_t pty_cpu_ns(const struct pty *pty);

/* End the program. */
void pty_stop(struct pty *pty);

#endif
