/* Recordings. The first byte says what the others are: a whole file, or slots. A fuzzer seldom guesses a header with its
 * block records, so slots get those from us; and their times, which must not decrease, are taken as steps of time.
 */
#include "tests/fuzz/targets.h"

#include <stdlib.h>
#include <string.h>

#include "trace/analysis/findings.h"
#include "trace/analysis/stats.h"
#include "trace/export/format.h"
#include "trace/reader.h"
#include "trace/validate.h"

#define LANES_MAX  24u
#define EVENTS_MAX 400u

static void ask_lane(const struct trace_model *m, uint32_t lane, uint32_t ordinal)
{
	struct trace_state_now now;
	int64_t low, high;
	uint32_t lanes[4], waiters;
	char file[32];
	uint64_t end_ns = m->t_end_ns + 1;
	trace_lane_state(m, lane, ordinal, end_ns, &now);
	trace_model_where(m, now.where, file, sizeof file);
	trace_lane_seen(m, lane, end_ns / 3, end_ns / 2 + 1, ordinal);
	trace_object_range(m, lane, end_ns / 3, end_ns / 2 + 1, ordinal, &low, &high);
	trace_object_level(m, lane, ordinal, &low, &waiters);
	trace_object_holders(m, lane, ordinal, lanes, 4);
	trace_object_waiters(m, lane, ordinal, lanes, 4);
}

static void ask(const struct trace_model *m)
{
	for (uint32_t lane = 0; lane < m->n_lanes && lane < LANES_MAX; lane++) {
		ask_lane(m, lane, TRACE_NONE);
		for (uint32_t k = 0; k < m->n_events && k < EVENTS_MAX; k += 7)
			ask_lane(m, lane, k);
	}
	trace_model_at_time(m, m->t_end_ns / 2);
	for (uint32_t k = trace_model_step(m, TRACE_NONE, 1), n = 0;
	     k != TRACE_NONE && n < EVENTS_MAX; k = trace_model_step(m, k, 1), n++)
		trace_model_running(m, k);
}

static void judge(const struct trace_model *m)
{
	struct trace_violation violations[2];
	struct trace_error error;
	struct trace_stats stats;
	char text[300];
	size_t n;
	(void)!trace_validate(m, violations, 2, &n, &error);
	if (!trace_stats_make(&stats, m))
		trace_stats_fini(&stats);
	struct trace_findings *findings = trace_findings_create(m, NULL);
	if (!findings)
		return;
	(void)!trace_findings_update(findings, 1);
	for (size_t i = 0; i < trace_findings_count(findings) && i < 20; i++)
		trace_finding_text(findings, trace_findings_at(findings, i), text, sizeof text);
	trace_findings_destroy(findings);
}

static void export_one(const struct trace_model *m, unsigned choice)
{
	struct trace_export export;
	struct trace_error error;
	size_t n;
	const struct trace_format_ops *format = trace_formats(&n);
	format += choice % n;
	FILE *out = format->write ? fopen("/dev/null", "w") : NULL;
	if (!out)
		return;
	trace_export_init(&export, m);
	(void)!format->write(&export, out, &error);
	trace_export_fini(&export);
	fclose(out);
}

static void read_file(const char *path, unsigned choice)
{
	struct trace_reader *reader;
	struct trace_error error;
	if (trace_reader_open(&reader, path, false, &error))
		return;
	struct trace_model *model = trace_model_create(reader);
	if (!model) {
		trace_reader_close(reader);
		return;
	}
	while (trace_model_update(model, &error) > 0)
		;
	ask(model); /* also of what came before the damage */
	judge(model);
	export_one(model, choice);
	trace_model_destroy(model);
}

/* The header of a recording of `n_blocks` blocks. */
static void write_header(uint8_t *file, uint64_t n_blocks, bool closed, uint64_t n_bytes)
{
	struct trace_header *h = (void *)file;
	memcpy(h->magic, TRACE_MAGIC, sizeof h->magic);
	h->version = TRACE_VERSION;
	h->byte_order = TRACE_BYTE_ORDER;
	h->header_bytes = TRACE_HEADER_BYTES;
	h->record_bytes = TRACE_RECORD_BYTES;
	h->block_slots = TRACE_BLOCK_SLOTS;
	h->clock = TRACE_CLOCK_VIRTUAL;
	atomic_store(&h->live, closed ? TRACE_CLOSED : TRACE_LIVE);
	atomic_store(&h->n_blocks, n_blocks);
	atomic_store(&h->closed_bytes, closed ? n_bytes : 0);
}

/* A file of the slots in `bytes`. owns: returns memory of `*n_file` bytes. */
static uint8_t *make_file(const uint8_t *bytes, size_t n, size_t *n_file, bool closed)
{
	size_t n_slots = n / TRACE_RECORD_BYTES, in_block = TRACE_BLOCK_SLOTS - 1;
	size_t n_blocks = (n_slots + in_block - 1) / in_block;
	*n_file = TRACE_HEADER_BYTES + (n_slots + n_blocks) * TRACE_RECORD_BYTES;
	uint8_t *file = calloc(1, *n_file);
	if (!file)
		abort();
	write_header(file, n_blocks, closed, *n_file);
	struct trace_record *slot = (void *)(file + TRACE_HEADER_BYTES);
	uint64_t t_ns = 0;
	for (size_t i = 0; i < n_slots; i++, slot++) {
		if (i % in_block == 0)
			*slot++ = (struct trace_record){.t_ns = t_ns,
			                                .id = 1,
			                                .b = (uint32_t)(i / in_block),
			                                .kind = TRACE_BLOCK};
		memcpy(slot, bytes + i * TRACE_RECORD_BYTES, sizeof *slot);
		if (slot->kind == TRACE_CONT)
			continue;
		t_ns += slot->t_ns & 0xffffff;
		slot->t_ns = t_ns;
	}
	return file;
}

void fuzz_reader(const uint8_t *bytes, size_t n)
{
	char path[64];
	if (n < 2)
		return;
	unsigned how = bytes[0], choice = bytes[1];
	bytes += 2;
	n -= 2;
	uint8_t *made = how & 1 ? NULL : make_file(bytes, n, &n, how & 2);
	FILE *file = fuzz_file(made ? made : bytes, n, path, sizeof path);
	read_file(path, choice);
	fclose(file);
	free(made);
}

FUZZ_ENTRY(fuzz_reader)
