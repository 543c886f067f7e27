/* The reader: strands merged by (time, writer, position), each record checked before it is handed out.
 *
 * Invariant: what was handed out has been checked against everything handed out before it. While several
 * threads write, a record that is younger than 5 ms is held back, because a thread that read the clock a moment
 * earlier may publish a moment later; the model copes with those that are later still.
 */
#include "trace/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "trace/mapping.h"
#include "trace/strand.h"
#include "trace/text.h"

#define HOLD_BACK_NS 5000000u
#define WINDOW       1024u /* blocks whose writers are found at a time */

struct trace_reader {
	struct trace_mapping mapping;
	struct trace_strands strands;
	struct trace_names names;
	uint64_t horizon_ns;        /* records beyond this time may not be the next ones yet */
	uint64_t window;            /* blocks below this one have been looked for */
	uint64_t end;               /* slots below this one may have been handed out */
	uint64_t left;              /* slots that were left when the file was cut; UINT64_MAX */
	struct trace_strand *last;  /* the one that was handed out from last */
	struct trace_error failure; /* the first one; it is final */
};

int trace_reader_open_as(struct trace_reader **out, const char *path, const char *name,
                         bool control, struct trace_error *error)
{
	struct trace_reader *reader = calloc(1, sizeof *reader);
	if (!reader)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot open '%s': out of memory",
		                       name);
	int rc = trace_mapping_open(&reader->mapping, path, name, control, error);
	if (rc != TRACE_OK) {
		free(reader);
		return rc;
	}
	trace_names_init(&reader->names);
	reader->left = UINT64_MAX;
	reader->window = WINDOW;
	*out = reader;
	return TRACE_OK;
}

int trace_reader_open(struct trace_reader **out, const char *path, bool control,
                      struct trace_error *error)
{
	return trace_reader_open_as(out, path, path, control, error);
}

void trace_reader_close(struct trace_reader *reader)
{
	if (!reader)
		return;
	trace_strands_fini(&reader->strands);
	trace_id_map_fini(&reader->names.strings);
	trace_mapping_close(&reader->mapping);
	free(reader);
}

int trace_reader_damage(const struct trace_reader *reader, uint32_t slot, size_t byte,
                        struct trace_error *error, const char *format, ...)
{
	char sentence[256];
	va_list args;
	va_start(args, format);
	vsnprintf(sentence, sizeof sentence, format, args);
	va_end(args);
	uint64_t at = trace_slot_offset(slot) + byte;
	return trace_error_set(error, TRACE_EFORMAT, at,
	                       "cannot read '%s': damaged, %s (at byte %llu)", reader->mapping.name,
	                       sentence, (unsigned long long)at);
}

/* Report that the file was cut off while it was being read. */
static int fail_cut(struct trace_reader *reader, struct trace_error *error)
{
	uint64_t at = trace_slot_offset(reader->left);
	trace_error_set(&reader->failure, TRACE_EFORMAT, at,
	                "cannot read '%s': truncated while it was being read, cut off at byte %llu",
	                reader->mapping.name, (unsigned long long)at);
	*error = reader->failure;
	return TRACE_EFORMAT;
}

/* Remember the failure and report it. */
static int fail(struct trace_reader *reader, int rc, uint32_t slot, const struct trace_flaw *flaw,
                struct trace_error *error)
{
	/* zeros that stand where the file was cut off look like damage */
	if (rc != TRACE_ESYSTEM &&
	    trace_mapping_is_cut(&reader->mapping, reader->end, &reader->left))
		return fail_cut(reader, error);
	if (rc == TRACE_ESYSTEM)
		trace_error_set(&reader->failure, rc, 0, "cannot read '%s': out of memory",
		                reader->mapping.name);
	else
		trace_reader_damage(reader, slot, flaw->byte, &reader->failure, "%s", flaw->text);
	*error = reader->failure;
	return rc;
}

/* The time up to which no other thread can still publish something earlier. */
static uint64_t live_horizon_ns(const struct trace_reader *reader, bool live)
{
	if (!live || reader->strands.n < 2)
		return UINT64_MAX;
	uint64_t now_ns = trace_reader_now_ns(reader);
	uint32_t speed_ppm = atomic_load_explicit(&reader->mapping.header->pacing.speed_ppm,
	                                          memory_order_relaxed);
	if (speed_ppm == 0)
		return UINT64_MAX; /* time stands still, nothing would ever become old enough */
	uint64_t hold_back_ns = (uint64_t)HOLD_BACK_NS * speed_ppm / 1000000u;
	return now_ns > hold_back_ns ? now_ns - hold_back_ns : 0;
}

/* The time up to which the blocks that were not looked at yet have nothing earlier: blocks are claimed in the order of time, and a
 * block begins with the time of what its writer wrote before. */
static uint64_t window_horizon_ns(const struct trace_reader *reader)
{
	uint64_t slot = reader->window * TRACE_BLOCK_SLOTS;
	if (reader->window >= reader->mapping.n_blocks ||
	    !trace_mapping_readable(&reader->mapping, slot, 1))
		return UINT64_MAX;
	uint64_t t_ns = trace_mapping_at(&reader->mapping, slot)->t_ns;
	return t_ns > HOLD_BACK_NS ? t_ns - HOLD_BACK_NS : 0;
}

/* Find the writers of blocks up to the window. Returns TRACE_OK or the code that was reported. */
static int attribute(struct trace_reader *reader, bool live, struct trace_error *error)
{
	struct trace_flaw flaw;
	uint32_t slot = 0;
	int rc = trace_strands_attribute(&reader->strands, &reader->mapping, reader->window, live,
	                                 &flaw, &slot);
	if (rc != TRACE_OK)
		return fail(reader, rc, slot, &flaw, error);
	uint64_t a_ns = live_horizon_ns(reader, live), b_ns = window_horizon_ns(reader);
	reader->horizon_ns = a_ns < b_ns ? a_ns : b_ns;
	return TRACE_OK;
}

/* Look at the file again, or further. Returns TRACE_OK or the code that was reported. */
static int refresh(struct trace_reader *reader, struct trace_error *error)
{
	bool live =
	        trace_reader_is_live(reader); /* before looking: what it wrote last is seen then */
	if (trace_mapping_is_cut(&reader->mapping, reader->end, &reader->left))
		return fail_cut(reader, error);
	if (reader->window < reader->mapping.n_blocks) {
		reader->window += WINDOW;
		return attribute(reader, live, error);
	}
	int rc = trace_mapping_refresh(&reader->mapping, error);
	if (rc != TRACE_OK) {
		reader->failure = *error;
		return rc;
	}
	return attribute(reader, live, error);
}

static bool is_definition(const struct trace_reader *reader, const struct trace_strand *strand)
{
	unsigned kind = trace_mapping_kind(&reader->mapping, strand->head);
	return kind == TRACE_STRING || kind == TRACE_FILE;
}

static bool is_before(const struct trace_reader *reader, const struct trace_strand *a,
                      const struct trace_strand *b)
{
	if (a->t_ns != b->t_ns)
		return a->t_ns < b->t_ns;
	/* of the same instant, what names an undefined string waits for the thread that defines it */
	int a_known = trace_names_know(&reader->names, trace_mapping_at(&reader->mapping, a->head));
	int b_known = trace_names_know(&reader->names, trace_mapping_at(&reader->mapping, b->head));
	return a_known != b_known ? a_known > b_known : a->writer < b->writer;
}

/* Find the strand whose head comes next; NULL when no strand has one. Returns 0, or TRACE_EFORMAT with the flaw. */
static int choose(struct trace_reader *reader, struct trace_strand **chosen,
                  struct trace_flaw *flaw, uint32_t *slot)
{
	struct trace_strands *s = &reader->strands;
	*chosen = NULL;
	for (size_t i = 0; i < s->n; i++) {
		struct trace_strand *strand = &s->all[i];
		int rc = trace_strand_fill(s, strand, &reader->mapping, flaw, slot);
		if (rc < 0)
			return rc;
		if (rc == 0)
			continue;
		if (s->n > 1 && is_definition(reader, strand)) {
			*chosen = strand;
			return 0;
		}
		if (!*chosen || is_before(reader, strand, *chosen))
			*chosen = strand;
	}
	return 0;
}

/* Learn the string or the file that a record defines. Returns 0, or a code with the flaw. */
static int define(struct trace_reader *reader, uint32_t slot, struct trace_flaw *flaw)
{
	struct trace_names *names = &reader->names;
	const struct trace_record *r = trace_mapping_at(&reader->mapping, slot);
	bool is_string = r->kind == TRACE_STRING;
	if (is_string ? trace_id_map_get(&names->strings, r->id) != TRACE_ID_UNKNOWN
	              : names->has_file[r->id]) {
		flaw->byte = offsetof(struct trace_record, id);
		snprintf(flaw->text, sizeof flaw->text, "%s %lu is defined twice",
		         is_string ? "string" : "file", (unsigned long)r->id);
		return TRACE_EFORMAT;
	}
	if (is_string)
		return trace_id_map_put(&names->strings, r->id, slot);
	names->files[r->id] = r->a;
	names->has_file[r->id] = 1;
	return TRACE_OK;
}

/* Check the head of a strand and hand it out. */
static int hand_out(struct trace_reader *reader, struct trace_strand *strand, uint32_t *slot,
                    struct trace_error *error)
{
	struct trace_flaw flaw;
	uint32_t head = strand->head;
	if (trace_names_check(&reader->names, trace_mapping_at(&reader->mapping, head), &flaw))
		return fail(reader, TRACE_EFORMAT, head, &flaw, error);
	if (is_definition(reader, strand)) {
		int rc = define(reader, head, &flaw);
		if (rc != TRACE_OK)
			return fail(reader, rc, head, &flaw, error);
	}
	trace_strand_take(strand);
	reader->last = strand;
	if (head + (uint64_t)strand->head_slots > reader->end)
		reader->end = head + (uint64_t)strand->head_slots;
	*slot = head;
	return 1;
}

int trace_reader_next(struct trace_reader *reader, uint32_t *slot, struct trace_error *error)
{
	if (reader->failure.code != TRACE_OK) {
		*error = reader->failure;
		return reader->failure.code;
	}
	for (bool looked = false;;) {
		struct trace_strand *strand;
		struct trace_flaw flaw;
		uint32_t at = 0;
		if (choose(reader, &strand, &flaw, &at) < 0)
			return fail(reader, TRACE_EFORMAT, at, &flaw, error);
		if (strand && (strand->t_ns <= reader->horizon_ns || is_definition(reader, strand)))
			return hand_out(reader, strand, slot, error);
		/* once more at the end of the file, as often as it takes before */
		bool is_end = reader->window >= reader->mapping.n_blocks;
		if (looked && is_end)
			return 0;
		looked = is_end;
		int rc = refresh(reader, error);
		if (rc != TRACE_OK)
			return rc;
	}
}

/* The time before which no other strand has anything. */
static uint64_t others_begin_ns(const struct trace_reader *reader)
{
	uint64_t end_ns = reader->horizon_ns < UINT64_MAX ? reader->horizon_ns + 1 : UINT64_MAX;
	for (size_t i = 0; i < reader->strands.n; i++) {
		const struct trace_strand *strand = &reader->strands.all[i];
		if (strand == reader->last)
			continue;
		if (!strand->has_head && !strand->is_dry)
			return 0;
		if (strand->has_head && strand->t_ns < end_ns)
			end_ns = strand->t_ns;
	}
	return end_ns;
}

int trace_reader_run(struct trace_reader *reader, uint32_t *slot, uint32_t *n,
                     struct trace_error *error)
{
	int rc = trace_reader_next(reader, slot, error);
	*n = 1;
	if (rc != 1)
		return rc;
	unsigned kind = trace_reader_at(reader, *slot)->kind;
	if (kind == TRACE_STRING || kind == TRACE_FILE || kind == TRACE_META)
		return 1;
	*n += trace_strand_take_run(reader->last, &reader->mapping, &reader->names,
	                            others_begin_ns(reader), TRACE_BLOCK_SLOTS);
	if (*slot + (uint64_t)*n > reader->end)
		reader->end = *slot + (uint64_t)*n;
	return 1;
}

uint64_t trace_reader_progress(const struct trace_reader *reader, uint64_t *n_slots)
{
	*n_slots = reader->mapping.n_slots;
	uint64_t read = reader->strands.n_read * TRACE_BLOCK_SLOTS;
	for (size_t i = 0; i < reader->strands.n; i++)
		read += reader->strands.all[i].pos;
	return read < *n_slots ? read : *n_slots;
}

uint64_t trace_reader_left(const struct trace_reader *reader)
{
	return reader->left;
}

uint64_t trace_reader_last_ns(const struct trace_reader *reader)
{
	const struct trace_mapping *m = &reader->mapping;
	if (m->n_blocks == 0)
		return 0;
	uint64_t first = (m->n_blocks - 1) * TRACE_BLOCK_SLOTS;
	uint32_t n = trace_mapping_readable(m, first, TRACE_BLOCK_SLOTS);
	return n ? trace_mapping_at(m, first + n - 1)->t_ns : 0;
}

const struct trace_record *trace_reader_at(const struct trace_reader *reader, uint32_t slot)
{
	return trace_mapping_at(&reader->mapping, slot);
}

size_t trace_reader_bytes(const struct trace_reader *reader, uint32_t id, char *bytes,
                          size_t n_bytes)
{
	uint32_t slot = trace_id_map_get(&reader->names.strings, id);
	if (slot == TRACE_ID_UNKNOWN || slot >= reader->left)
		return 0;
	const struct trace_record *r = trace_mapping_at(&reader->mapping, slot);
	size_t length = r->a, done = 0;
	size_t room = (TRACE_BLOCK_SLOTS - slot % TRACE_BLOCK_SLOTS - 1) * TRACE_STRING_CONT_BYTES;
	if (length > room + TRACE_STRING_FIRST_BYTES || length > TRACE_STRING_MAX_BYTES)
		length = 0; /* it was checked; somebody has written over it since */
	size_t n = length < n_bytes ? length : n_bytes;
	while (done < n) {
		size_t here = done ? TRACE_STRING_CONT_BYTES : TRACE_STRING_FIRST_BYTES;
		const char *from = done ? (const char *)r : (const char *)&r->b;
		if (here > n - done)
			here = n - done;
		memcpy(bytes + done, from, here);
		done += here;
		r++;
	}
	return length;
}

size_t trace_reader_string(const struct trace_reader *reader, uint32_t id, char *text,
                           size_t text_bytes)
{
	char raw[TRACE_STRING_MAX_BYTES];
	size_t n = trace_reader_bytes(reader, id, raw, sizeof raw);
	return trace_text_clean(raw, n < sizeof raw ? n : sizeof raw, text, text_bytes);
}

uint32_t trace_reader_file(const struct trace_reader *reader, uint32_t file)
{
	return file <= TRACE_FILE_INDEX_MAX ? reader->names.files[file] : 0;
}

uint32_t trace_reader_writer(const struct trace_reader *reader, uint32_t slot)
{
	return trace_mapping_at(&reader->mapping, slot - slot % TRACE_BLOCK_SLOTS)->id;
}

const struct trace_header *trace_reader_header(const struct trace_reader *reader)
{
	return reader->mapping.header;
}

struct trace_gate *trace_reader_gate(struct trace_reader *reader)
{
	return reader->mapping.has_gate ? &reader->mapping.header->gate : NULL;
}

int trace_reader_reopen(const struct trace_reader *reader)
{
	char path[40];
	/* a duplicate of ours could be written to, when the gate is open */
	snprintf(path, sizeof path, "/dev/fd/%d", reader->mapping.fd);
	return open(path, O_RDONLY | O_CLOEXEC);
}

bool trace_reader_is_live(const struct trace_reader *reader)
{
	const struct trace_header *h = reader->mapping.header;
	if (atomic_load_explicit(&h->live, memory_order_acquire) != TRACE_LIVE)
		return false;
	if (h->writer_pid == 0)
		return true;
	return h->writer_pid <= INT32_MAX && (kill((pid_t)h->writer_pid, 0) == 0 || errno == EPERM);
}

enum trace_fate trace_reader_fate(const struct trace_reader *reader)
{
	return trace_mapping_fate(&reader->mapping);
}

bool trace_reader_is_replaced(const struct trace_reader *reader)
{
	return atomic_load_explicit(&reader->mapping.header->live, memory_order_acquire) ==
	       TRACE_REPLACED;
}

int trace_reader_follow(struct trace_reader **out, const struct trace_reader *reader,
                        struct trace_error *error)
{
	const struct trace_mapping *m = &reader->mapping;
	struct trace_reader *next;
	/* a number of a descriptor that came from elsewhere is another file's by now */
	if (strncmp(m->path, "/dev/fd/", strlen("/dev/fd/")) == 0)
		return trace_error_set(
		        error, TRACE_EFORMAT, 0,
		        "cannot read '%s': it goes on under a name that is not known", m->name);
	int rc = trace_reader_open_as(&next, m->path, m->name, m->has_gate, error);
	if (rc != TRACE_OK)
		return rc;
	const struct trace_header *a = m->header, *b = next->mapping.header;
	if (a->writer_pid == b->writer_pid && a->started_mono_ns == b->started_mono_ns) {
		*out = next;
		return TRACE_OK;
	}
	trace_reader_close(next);
	return trace_error_set(error, TRACE_EFORMAT, 0,
	                       "cannot read '%s': another recording has taken its place", m->name);
}

/* Read the pacing under its sequence lock. Returns false when it cannot be had: a writer was killed inside. */
static bool read_pacing(const struct trace_pacing *pacing, uint32_t *speed_ppm, uint64_t *t_ns,
                        uint64_t *mono_ns)
{
	for (int attempt = 0; attempt < 1000; attempt++) {
		uint32_t before = atomic_load_explicit(&pacing->sequence, memory_order_acquire);
		/* acquire: the second look at the sequence comes after all of them */
		*speed_ppm = atomic_load_explicit(&pacing->speed_ppm, memory_order_acquire);
		*t_ns = atomic_load_explicit(&pacing->t_ns, memory_order_acquire);
		*mono_ns = atomic_load_explicit(&pacing->mono_ns, memory_order_acquire);
		uint32_t after = atomic_load_explicit(&pacing->sequence, memory_order_relaxed);
		if (before == after && before % 2 == 0)
			return true;
	}
	return false;
}

uint64_t trace_reader_now_ns(const struct trace_reader *reader)
{
	uint32_t speed_ppm;
	uint64_t t_ns, mono_ns;
	struct timespec now;
	if (!trace_reader_is_live(reader) ||
	    !read_pacing(&reader->mapping.header->pacing, &speed_ppm, &t_ns, &mono_ns))
		return 0;
	clock_gettime(CLOCK_MONOTONIC, &now);
	uint64_t now_ns = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
	if (speed_ppm == 0 || now_ns < mono_ns)
		return t_ns;
	uint64_t passed_ns = now_ns - mono_ns;
	return t_ns + passed_ns / 1000000u * speed_ppm +
	       passed_ns % 1000000u * speed_ppm / 1000000u;
}
