/* Where an import goes: a recording, NAME.gtt, that is written record by record. What a damaged recording would be refused for is refused
 * here, while the place in the source is still known. */
#ifndef GANTTOP_TRACE_IMPORT_SINK_H
#define GANTTOP_TRACE_IMPORT_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/id_map.h"
#include "trace/intern.h"
#include "trace/writer.h"

struct trace_sink {
	struct trace_writer *writer;
	struct trace_pen pen;
	struct trace_intern names; /* text -> string id */
	struct trace_id_map files; /* string id -> index of the source file */
	uint32_t n_files;
	struct trace_id_map tasks, objects; /* that are known */
	uint64_t n_records;
	bool is_part;  /* the recording does not end with what is written: an END is left out */
	bool is_full;  /* the recording cannot be written any more */
	bool is_short; /* memory ran out: what was forgotten would come again as another */
	char why_full[256];
	char flaw[160]; /* what is wrong with the last record that was refused */
};

/* Create the recording `path`. errors: TRACE_ESYSTEM with `*error`, and no file is left. */
int trace_sink_open(struct trace_sink *sink, const char *path, struct trace_error *error);

/* Close the recording; a sink that was not opened does nothing. */
void trace_sink_close(struct trace_sink *sink);

/* Return the id of a text of `n` bytes, 0 for none; a short one is written the first time only. */
uint32_t trace_sink_text(struct trace_sink *sink, const char *bytes, size_t n);

/* Return TRACE_WHERE of a file, by the id of its name, and a line; 0 when there are too many files. */
uint32_t trace_sink_where(struct trace_sink *sink, uint32_t file, uint64_t line);

void trace_sink_meta(struct trace_sink *sink, enum trace_meta meta, uint32_t key, uint32_t value);

/* Write a record. errors: TRACE_EFORMAT, and `flaw` says why: time runs backwards, an unknown task, a second one of an id; TRACE_ESYSTEM:
 * the disk is full. */
int trace_sink_put(struct trace_sink *sink, struct trace_record r);

/* Return whether the task, or the object, is known. */
bool trace_sink_has_task(const struct trace_sink *sink, uint32_t task);
bool trace_sink_has_object(const struct trace_sink *sink, uint32_t object);

/* Fill `flaw`. Returns TRACE_EFORMAT. */
int trace_sink_flaw(struct trace_sink *sink, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

#endif
