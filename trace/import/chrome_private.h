/* What the files of the Chrome import share: the event as it stands in the file, and what is made of it. */
#ifndef GANTTOP_TRACE_IMPORT_CHROME_PRIVATE_H
#define GANTTOP_TRACE_IMPORT_CHROME_PRIVATE_H

#include "trace/import/fact.h"
#include "trace/import/progress.h"
#include "trace/import/pull.h"
#include "trace/import/rows.h"
#include "trace/import/sorter.h"

#define TRACE_CHROME_ID_BYTES 128u
#define TRACE_CHROME_ARGS_MAX 16u

/* A field of `args` that is a number or a text; others are passed over. */
struct trace_chrome_arg {
	char key[32];
	bool is_text;
	double number;
	int64_t integer; /* 0 where it is none */
	uint32_t at, n;  /* of a text, in `texts` */
};

struct trace_chrome_event {
	char phase;
	bool has_ts, has_dur, has_seq;
	int64_t ts_ns, dur_ns;
	uint64_t seq;
	uint64_t offset, line; /* in the file */
	char pid[TRACE_CHROME_ID_BYTES], tid[TRACE_CHROME_ID_BYTES], id[TRACE_CHROME_ID_BYTES];
	char cat[TRACE_CHROME_ID_BYTES], scope[8];
	uint32_t n_name;
	char name[TRACE_STRING_MAX_BYTES + 1];
	struct trace_chrome_arg args[TRACE_CHROME_ARGS_MAX];
	unsigned n_args;
	uint32_t n_texts;
	char texts[16u * 1024u]; /* each ended by a zero */
};

struct trace_chrome {
	struct trace_pull pull;
	struct trace_chrome_event event;
	struct trace_fact fact;
	struct trace_sink *sink;
	struct trace_sorter sorter;
	struct trace_rows rows;
	uint64_t n_events, n_written;
	bool is_ours;    /* the trace says that we have made it */
	uint8_t status;  /* ours: how the run ended, 0 not known */
	uint64_t end_ns; /* ours: when */
	struct trace_chrome_own *own;
	struct trace_intern
	        keys; /* of processes, threads, spans, counters, flows -> their numbers */
	uint32_t n_counters, n_flows, n_slices;
	int64_t first_ns, last_ns; /* of what was taken */
	int64_t base_ns;           /* that is the begin of the recording */
	bool has_begun;            /* something was written */
	uint64_t n_late;           /* events that came when later ones had been written */
	int idle_rc;               /* of what was written on the way */
};

/* Return the field of the event's args, NULL when it has none. */
const struct trace_chrome_arg *trace_chrome_arg(const struct trace_chrome_event *event,
                                                const char *key);

/* Count an event that is written, for who waits. Returns TRACE_ESYSTEM when nobody does any more. */
static inline int trace_chrome_count(struct trace_chrome *chrome)
{
	struct trace_import_progress *progress = chrome->pull.input->progress;
	if (!progress || ++chrome->n_written % 1024)
		return TRACE_OK;
	atomic_store_explicit(&progress->written, chrome->n_written, memory_order_relaxed);
	return atomic_load_explicit(&progress->is_unwanted, memory_order_relaxed) ? TRACE_ESYSTEM
	                                                                          : TRACE_OK;
}

/* Begin and end the reading of somebody's trace. */
int trace_chrome_begin(struct trace_chrome *chrome);
int trace_chrome_finish(struct trace_chrome *chrome);
void trace_chrome_fini(struct trace_chrome *chrome);

/* Take an event that was read. Somebody's, or ours. errors: TRACE_EFORMAT with the error set, TRACE_ESYSTEM. */
int trace_chrome_take(struct trace_chrome *chrome);
int trace_chrome_take_own(struct trace_chrome *chrome);

/* Write all that was taken, in order. */
int trace_chrome_finish_own(struct trace_chrome *chrome);
void trace_chrome_own_fini(struct trace_chrome *chrome);

#endif
