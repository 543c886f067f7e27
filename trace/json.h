/* Writing JSON: an object's fields, one after the other. */
#ifndef GANTTOP_TRACE_JSON_H
#define GANTTOP_TRACE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* An object or array that is being written; it knows whether a comma is due. */
struct trace_json {
	FILE *out;
	bool has_fields;
};

/* Write text as a JSON string: what must not reach a terminal is escaped, each invalid byte becomes U+FFFD. */
void trace_json_text(FILE *out, const char *bytes, size_t n);

/* Open an object and close it. */
struct trace_json trace_json_open(FILE *out);
void trace_json_close(struct trace_json *json);

/* Write a field. `name` is written as it is. */
void trace_json_key(struct trace_json *json, const char *name);
void trace_json_string(struct trace_json *json, const char *name, const char *text);
void trace_json_bytes(struct trace_json *json, const char *name, const char *bytes, size_t n);
void trace_json_signed(struct trace_json *json, const char *name, int64_t value);
void trace_json_unsigned(struct trace_json *json, const char *name, uint64_t value);
void trace_json_bool(struct trace_json *json, const char *name, bool value);

#endif
