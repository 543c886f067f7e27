/* The fields of a state, as every export with named fields spells them. An importer reads a state back from them, so this is the one place
 * where their names stand.
 *
 * | key | of | what |
 * | why | ready | why it may run again |
 * | by, by_id | ready | name and id of the task that woke it; the loop has id 0 and no name |
 * | on | waiting | what kind of thing it waits for |
 * | object, object_id | waiting, ready | name and id of that object, or of the task where `on` is one |
 * | until_ns | waiting | when its timer is due |
 * | stillborn | running | 1: cancelled before its first step |
 * | outcome, value | done | how it ended, with what |
 * | file, line | all | where in the program */
#ifndef GANTTOP_TRACE_EXPORT_FIELD_H
#define GANTTOP_TRACE_EXPORT_FIELD_H

#include "trace/export/export.h"

#define TRACE_FIELD_WHY       "why"
#define TRACE_FIELD_BY        "by"
#define TRACE_FIELD_BY_ID     "by_id"
#define TRACE_FIELD_ON        "on"
#define TRACE_FIELD_OBJECT    "object"
#define TRACE_FIELD_OBJECT_ID "object_id"
#define TRACE_FIELD_UNTIL     "until_ns"
#define TRACE_FIELD_STILLBORN "stillborn"
#define TRACE_FIELD_OUTCOME   "outcome"
#define TRACE_FIELD_VALUE     "value"
#define TRACE_FIELD_FILE      "file"
#define TRACE_FIELD_LINE      "line"

#define TRACE_FIELDS_MAX 12

struct trace_field {
	const char *key;
	const char *text; /* NULL: it is a number */
	uint64_t number;
};

/* The fields of one record. All zero is empty; texts point into it or are static. */
struct trace_fields {
	struct trace_field list[TRACE_FIELDS_MAX];
	size_t n;
	char value[TRACE_STRING_MAX_BYTES * 3 + 1];
	char file[1024];
};

/* Write the fields of a STATE record, in the order of the table above. Text is fit for a terminal. A WORKER record has one: the
 * task that it works for, as `by`. Every other record has none. */
void trace_fields_of(const struct trace_model *model, const struct trace_record *r,
                     struct trace_fields *fields);

/* Return the field, or NULL. */
const struct trace_field *trace_field_find(const struct trace_fields *fields, const char *key);

#endif
