/* What a recording has defined so far - strings and source files - and the check of a record against it. */
#ifndef GANTTOP_TRACE_NAMES_H
#define GANTTOP_TRACE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/error.h"
#include "trace/id_map.h"
#include "trace/record.h"

#define TRACE_FILE_INDEX_MAX 4095u

/* What a record that is in order looks like, worked out from the rows of names.c, so that it takes a few instructions to tell. All zero is
 * a rule that nothing keeps to. The words are those of a record behind its time, as they stand in memory. */
struct trace_rule {
	uint64_t args;      /* set of arg */
	uint64_t bad[3];    /* bits that must not be set */
	uint64_t least;     /* the lowest id, as the first word */
	uint32_t file_bits; /* bits of TRACE_WHERE_FILE(d) that count */
	bool has_text, a_text, b_text;
};

#define TRACE_RULES (TRACE_KIND_END + TRACE_STATE_END)

/* All zero knows nothing; trace_names_init makes it ready. */
struct trace_names {
	struct trace_rule rules[TRACE_RULES];       /* the first one lets nothing pass */
	uint8_t rule_of[UINT16_MAX + 1];            /* of sub and kind, as they stand in memory */
	struct trace_id_map strings;                /* string id -> slot of its STRING record */
	uint32_t files[TRACE_FILE_INDEX_MAX + 1];   /* file index -> string id of its name */
	uint8_t has_file[TRACE_FILE_INDEX_MAX + 1]; /* 0, that is no file, too */
};

/* What is wrong with a record: a sentence, and which of its bytes says so. */
struct trace_flaw {
	size_t byte; /* 0 to 31 */
	char text[96];
};

/* Work the rules out. */
void trace_names_init(struct trace_names *names);

/* Return how many of the `n` records from `first` on are published and in order, of a kind that is an event, not older than `*t_ns` and each
 * not older than the one before, and before `end_ns`. Sets `*t_ns` to the time of the last of them. What it does not count may still be in
 * order: trace_names_check decides. cost: a few ns a record. */
uint32_t trace_names_pass(const struct trace_names *names, const struct trace_record *first,
                          uint32_t n, uint64_t *t_ns, uint64_t end_ns);

/* Fill `*flaw` from a printf-style sentence. Returns TRACE_EFORMAT. */
int trace_flaw_set(struct trace_flaw *flaw, size_t byte, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* Check a record of any kind but BLOCK, PAD and CONT: its kind, enumerations, ids, and that every string and file that it names is
 * defined. Returns 0, or TRACE_EFORMAT with `*flaw`. */
int trace_names_check(const struct trace_names *names, const struct trace_record *record,
                      struct trace_flaw *flaw);

/* Write the ids of the strings that a record of a known kind names, at most two. Returns how many. */
size_t trace_names_texts(const struct trace_record *record, uint32_t texts[2]);

/* Return whether each string and file that the record names is defined. */
int trace_names_know(const struct trace_names *names, const struct trace_record *record);

#endif
