/* What the metadata of a CTF trace of ours says: the fields of each event, and what was run. */
#ifndef GANTTOP_TRACE_IMPORT_CTF_LAYOUT_H
#define GANTTOP_TRACE_IMPORT_CTF_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/import/fact.h"

#define TRACE_CTF_FIELDS_MAX 16u
#define TRACE_CTF_IDS_MAX    64u

struct trace_ctf_field {
	enum trace_fact_field field; /* TRACE_FACT_END: one that we do not know */
	unsigned bytes;              /* 0: a text that a zero ends */
};

struct trace_ctf_layout {
	struct {
		unsigned kind;     /* enum trace_kind; 0: we do not know it */
		const char *state; /* of STATE: static */
		bool is_there;
		unsigned n_fields;
		struct trace_ctf_field fields[TRACE_CTF_FIELDS_MAX];
	} events[TRACE_CTF_IDS_MAX];
};

/* Read the text of `metadata`, which a zero ends; what was run goes to the sink. Returns NULL, or what was expected: static. */
const char *trace_ctf_layout_read(struct trace_ctf_layout *layout, const char *text,
                                  struct trace_sink *sink);

#endif
