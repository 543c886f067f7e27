/* Recordings made by hand: the bytes are in memory, so that a test can break them before they become a file. */
#ifndef GANTTOP_TESTS_TRACE_MAKE_LOG_H
#define GANTTOP_TESTS_TRACE_MAKE_LOG_H

#include <stddef.h>
#include <stdint.h>

#include "trace/record.h"

#define MAKE_LOG_WRITERS 8

struct make_log {
	unsigned char *bytes; /* the file: header page, then blocks */
	size_t n_bytes;
	uint32_t n_blocks, n_strings, n_files;
	uint64_t t_ns; /* of the next record that a helper makes */
	struct {
		uint32_t block, pos, n_blocks;
	} writers[MAKE_LOG_WRITERS + 1];
};

/* Begin a live recording under the virtual clock. A test that runs out of memory is over. */
void make_log_init(struct make_log *log);
void make_log_fini(struct make_log *log);

struct trace_header *make_log_header(struct make_log *log);

/* Append a record as it is, for `writer` (1 to MAKE_LOG_WRITERS). Returns its slot. */
uint32_t make_log_put(struct make_log *log, uint32_t writer, struct trace_record r);

/* The record in a slot, to be changed. */
struct trace_record *make_log_at(struct make_log *log, uint32_t slot);

/* Append a string; returns its id. */
uint32_t make_log_bytes(struct make_log *log, uint32_t writer, const char *bytes, size_t n);
uint32_t make_log_string(struct make_log *log, const char *text);
uint32_t make_log_file(struct make_log *log, const char *name);

/* The records of writer 1, at log->t_ns. */
void make_log_meta(struct make_log *log, enum trace_meta meta, const char *key, const char *value);
void make_log_task(struct make_log *log, uint32_t task, const char *name, uint32_t parent);
void make_log_ready(struct make_log *log, uint32_t task, enum trace_why why, uint32_t by);
void make_log_run(struct make_log *log, uint32_t task);
void make_log_wait(struct make_log *log, uint32_t task, enum trace_on on, uint32_t object);
void make_log_sleep(struct make_log *log, uint32_t task, uint64_t until_ns);
void make_log_done(struct make_log *log, uint32_t task, enum trace_outcome outcome,
                   const char *value);
void make_log_cancel(struct make_log *log, uint32_t task, enum trace_cancel_phase phase);
void make_log_object(struct make_log *log, uint32_t object, enum trace_object_kind kind,
                     const char *name, int64_t capacity);
void make_log_level(struct make_log *log, uint32_t object, int64_t value, uint32_t waiters);
void make_log_hold(struct make_log *log, uint32_t object, uint32_t task, int held);
void make_log_tick(struct make_log *log, enum trace_phase phase, uint32_t ready);
void make_log_say(struct make_log *log, uint32_t task, const char *text);
void make_log_end(struct make_log *log, enum trace_status status);

/* Mark the recording closed and cut it after its last record. */
void make_log_close(struct make_log *log);

/* Write the first n_bytes to `path`. */
void make_log_write(const struct make_log *log, const char *path, size_t n_bytes);

/* A path for a test's file, in a folder that is removed when the program ends. owns: returns a static string, one a name. */
const char *make_log_path(const char *name);

/* Two tasks that share a lock, a worker's say, a cancellation: one of everything, closed. */
void make_log_sample(struct make_log *log);

#endif
