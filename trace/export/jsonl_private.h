/* What jsonl.c and jsonl_meta.c share. */
#ifndef GANTTOP_TRACE_EXPORT_JSONL_PRIVATE_H
#define GANTTOP_TRACE_EXPORT_JSONL_PRIVATE_H

#include <stdbool.h>
#include <stdio.h>

#include "trace/json.h"
#include "trace/model.h"

/* A line, and the model that its strings come from. */
struct trace_jsonl_line {
	struct trace_json json;
	const struct trace_model *model;
	const struct trace_record *r;
	uint32_t ordinal;
	bool is_short; /* memory ran out: something is missing */
};

/* Return the name of a stored number, or a word for none: the file may have changed since it was checked. */
const char *trace_jsonl_word(const char *name);

/* Begin a line and end it. `r` may be NULL. */
struct trace_jsonl_line trace_jsonl_begin(const struct trace_model *model,
                                          const struct trace_record *r, FILE *out, uint64_t t_ns,
                                          const char *ev);
void trace_jsonl_end(struct trace_jsonl_line *line);

/* Write string `id` as it stands in the file, nothing when there is none. */
void trace_jsonl_text(struct trace_jsonl_line *line, const char *name, uint32_t id);

/* Write the first line. */
void trace_jsonl_meta(const struct trace_model *model, FILE *out);

#endif
