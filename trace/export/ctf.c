/* The stream of a CTF trace: packets of events, little endian, without padding.
 *
 * A packet is gathered in memory and written when it is full, because its header says where it ends. What was lost
 * stands where the format has a place for it, in events_discarded.
 */
#include "trace/export/ctf.h"

#include <errno.h>
#include <string.h>

#include "trace/export/ctf_private.h"

#define MAGIC        0xc1fc1fc1u
#define HEADER_BYTES 48u           /* packet header and context */
#define EVENT_BYTES  (32u * 1024u) /* no event is longer: two strings and the name of a file */
#define PACKET_BYTES (128u * 1024u)

struct ctf {
	const struct trace_export *export;
	FILE *out;
	unsigned char *bytes;
	size_t n;
	uint64_t begin_ns, end_ns; /* of the packet's events */
	uint64_t lost;             /* until the packet's end */
};

static void put(struct ctf *ctf, uint64_t value, unsigned n_bytes)
{
	for (unsigned i = 0; i < n_bytes; i++)
		ctf->bytes[ctf->n++] = (unsigned char)(value >> 8 * i);
}

static void put_u8(struct ctf *ctf, unsigned value)
{
	put(ctf, value, 1);
}

static void put_u32(struct ctf *ctf, uint32_t value)
{
	put(ctf, value, 4);
}

/* A string ends at a zero byte, which cleaned text has none of. */
static void put_text(struct ctf *ctf, const char *text)
{
	size_t n = strlen(text) + 1;
	memcpy(ctf->bytes + ctf->n, text, n);
	ctf->n += n;
}

static void put_string(struct ctf *ctf, uint32_t id)
{
	char text[TRACE_STRING_MAX_BYTES * 3 + 1];
	trace_model_string(ctf->export->model, id, text, sizeof text);
	put_text(ctf, text);
}

static void put_name(struct ctf *ctf, enum trace_lane_kind kind, const struct trace_record *r)
{
	uint32_t lane = trace_model_lane(ctf->export->model, kind, r->id);
	if (r->a) {
		put_string(ctf, r->a); /* it may have another one later */
		return;
	}
	put_text(ctf, lane == TRACE_NONE ? "" : ctf->export->model->lanes[lane].name);
}

static void put_place(struct ctf *ctf, uint32_t where)
{
	char file[1024];
	uint32_t line = trace_model_where(ctf->export->model, where, file, sizeof file);
	put_text(ctf, file);
	put_u32(ctf, line);
}

static void flush(struct ctf *ctf)
{
	size_t end = ctf->n;
	if (end == 0)
		return;
	ctf->n = 0;
	put_u32(ctf, MAGIC);
	put_u32(ctf, 0);
	put(ctf, ctf->begin_ns, 8);
	put(ctf, ctf->end_ns, 8);
	put(ctf, end * 8, 8);
	put(ctf, end * 8, 8);
	put(ctf, ctf->lost, 8);
	fwrite(ctf->bytes, 1, end, ctf->out);
	ctf->n = 0;
}

static void begin(struct ctf *ctf, enum trace_ctf_event event, uint64_t t_ns)
{
	if (ctf->n + EVENT_BYTES > PACKET_BYTES)
		flush(ctf);
	if (ctf->n == 0) {
		ctf->n = HEADER_BYTES;
		ctf->begin_ns = t_ns;
	}
	ctf->end_ns = t_ns;
	put(ctf, event, 2);
	put(ctf, t_ns, 8);
}

static void put_state(struct ctf *ctf, const struct trace_record *r, uint64_t t_ns)
{
	static const enum trace_ctf_event events[] = {
	        [TRACE_STATE_READY] = TRACE_CTF_READY,
	        [TRACE_STATE_RUNNING] = TRACE_CTF_RUNNING,
	        [TRACE_STATE_WAITING] = TRACE_CTF_WAITING,
	        [TRACE_STATE_DONE] = TRACE_CTF_DONE,
	};
	begin(ctf, events[r->sub], t_ns);
	put_u32(ctf, r->id);
	if (r->sub == TRACE_STATE_READY) {
		put_u8(ctf, r->arg);
		put_u32(ctf, r->b);
		put_u32(ctf, r->a);
	} else if (r->sub == TRACE_STATE_RUNNING) {
		put_u8(ctf, r->arg & TRACE_STILLBORN);
	} else if (r->sub == TRACE_STATE_WAITING) {
		bool is_timed = r->arg & TRACE_TIMED;
		put_u8(ctf, r->arg & 0xffu);
		put_u32(ctf, r->a);
		put_u8(ctf, is_timed);
		put(ctf, is_timed ? trace_join(r->b, r->c) : 0, 8);
	} else {
		put_u8(ctf, r->arg);
		put_string(ctf, r->a);
	}
	put_place(ctf, r->d);
}

static void put_scope(struct ctf *ctf, const struct trace_record *r)
{
	bool is_timed = r->arg & TRACE_TIMED;
	put_u32(ctf, r->id);
	put_u32(ctf, r->a);
	put_u8(ctf, r->sub);
	put_u8(ctf, r->arg & 1);
	put_u8(ctf, is_timed);
	put(ctf, is_timed ? trace_join(r->b, r->c) : 0, 8);
	put_place(ctf, r->d);
}

/* What a task does, states apart. */
static bool put_deed(struct ctf *ctf, const struct trace_record *r, uint64_t t_ns)
{
	switch (r->kind) {
	case TRACE_TASK:
		begin(ctf, TRACE_CTF_TASK, t_ns);
		put_u32(ctf, r->id);
		put_name(ctf, TRACE_LANE_TASK, r);
		put_u32(ctf, r->b);
		put_place(ctf, r->d);
		return true;
	case TRACE_CANCEL:
		begin(ctf, TRACE_CTF_CANCEL, t_ns);
		put_u32(ctf, r->id);
		put_u32(ctf, r->a);
		put_u8(ctf, r->sub);
		put_place(ctf, r->d);
		return true;
	case TRACE_SCOPE:
		begin(ctf, TRACE_CTF_SCOPE, t_ns);
		put_scope(ctf, r);
		return true;
	case TRACE_VAR:
		begin(ctf, TRACE_CTF_VAR, t_ns);
		put_u32(ctf, r->id);
		put_string(ctf, r->a);
		put(ctf, trace_join(r->b, r->c), 8);
		put_u8(ctf, r->sub);
		put_place(ctf, r->d);
		return true;
	case TRACE_ERROR:
		begin(ctf, TRACE_CTF_ERROR, t_ns);
		put_u32(ctf, r->id);
		put_u8(ctf, r->sub);
		return true;
	case TRACE_AWAIT:
		begin(ctf, TRACE_CTF_AWAIT, t_ns);
		put_u32(ctf, r->id);
		put_u32(ctf, r->a);
		return true;
	case TRACE_NAME:
		begin(ctf, TRACE_CTF_NAME, t_ns);
		put_u32(ctf, r->id);
		put_string(ctf, r->a);
		return true;
	case TRACE_LOG:
		begin(ctf, TRACE_CTF_LOG, t_ns);
		put_u32(ctf, r->id);
		put_string(ctf, r->a);
		put_place(ctf, r->d);
		return true;
	default:
		return false;
	}
}

static bool put_thing(struct ctf *ctf, const struct trace_record *r, uint64_t t_ns)
{
	switch (r->kind) {
	case TRACE_OBJECT:
		begin(ctf, TRACE_CTF_OBJECT, t_ns);
		put_u32(ctf, r->id);
		put_u8(ctf, r->sub);
		put_name(ctf, TRACE_LANE_OBJECT, r);
		put(ctf, trace_join(r->b, r->c), 8);
		put_place(ctf, r->d);
		return true;
	case TRACE_LEVEL:
		begin(ctf, TRACE_CTF_LEVEL, t_ns);
		put_u32(ctf, r->id);
		put(ctf, trace_join(r->b, r->c), 8);
		put_u32(ctf, r->a);
		put_u8(ctf, r->sub < TRACE_ITEM_OP_END ? r->sub : 0);
		put(ctf, (uint64_t)(int64_t)(int32_t)r->d, 8);
		return true;
	case TRACE_HOLD:
		begin(ctf, TRACE_CTF_HOLD, t_ns);
		put_u32(ctf, r->id);
		put_u32(ctf, r->a);
		put_u8(ctf, r->sub);
		put_place(ctf, r->d);
		return true;
	case TRACE_CORO:
		begin(ctf, TRACE_CTF_CORO, t_ns);
		put_u32(ctf, r->id);
		put_u32(ctf, r->a);
		put_u8(ctf, r->sub);
		put_place(ctf, r->d);
		return true;
	default:
		return false;
	}
}

static void put_rest(struct ctf *ctf, const struct trace_record *r, uint64_t t_ns)
{
	switch (r->kind) {
	case TRACE_CALL:
		begin(ctf, TRACE_CTF_CALL, t_ns);
		put_u32(ctf, r->id);
		put_string(ctf, r->a);
		put_u8(ctf, r->sub);
		put_place(ctf, r->d);
		break;
	case TRACE_TICK:
		begin(ctf, TRACE_CTF_TICK, t_ns);
		put_u8(ctf, r->sub);
		put_u32(ctf, r->a);
		break;
	case TRACE_WORKER:
		begin(ctf, TRACE_CTF_WORKER, t_ns);
		put_u32(ctf, r->id);
		put_u8(ctf, r->sub);
		put_u32(ctf, r->a);
		put_string(ctf, r->b);
		put_u32(ctf, r->c);
		break;
	case TRACE_MARK:
		begin(ctf, TRACE_CTF_MARK, t_ns);
		put_string(ctf, r->a);
		put_string(ctf, r->b);
		break;
	case TRACE_LOST:
		begin(ctf, TRACE_CTF_LOST, t_ns);
		put(ctf, trace_join(r->b, r->c), 8);
		put_u8(ctf, (r->arg & TRACE_TIMED) != 0);
		put(ctf, r->arg & TRACE_TIMED ? trace_join(r->id, r->a) : 0, 8);
		ctf->lost += trace_join(r->b, r->c);
		break;
	case TRACE_END:
		begin(ctf, TRACE_CTF_END, t_ns);
		put_u8(ctf, r->sub);
		break;
	default:
		break;
	}
}

static void put_stream(struct ctf *ctf)
{
	struct trace_walk walk = trace_walk_begin(ctf->export);
	uint32_t ordinal;
	uint64_t t_ns;
	while (!ferror(ctf->out) && trace_walk_next(&walk, &ordinal, &t_ns)) {
		const struct trace_record *r = trace_model_event(ctf->export->model, ordinal);
		if (r->kind == TRACE_STATE && trace_state_name(r->sub))
			put_state(ctf, r, t_ns);
		else if (!put_deed(ctf, r, t_ns) && !put_thing(ctf, r, t_ns))
			put_rest(ctf, r, t_ns);
	}
	if (ctf->lost < ctf->export->model->lost)
		ctf->lost = ctf->export->model->lost;
	if (ctf->n == 0) {
		ctf->n = HEADER_BYTES; /* a stream without a packet is no stream */
		ctf->begin_ns = ctf->end_ns = ctf->export->from_ns;
	}
	flush(ctf);
}

/* Write one file of the folder. */
static int write_file(const struct trace_export *export, const char *path, const char *name,
                      void (*write)(const struct trace_export *export, FILE *out),
                      struct trace_error *error)
{
	char file[4096];
	int n = snprintf(file, sizeof file, "%s/%s", path, name);
	if (n < 0 || (size_t)n >= sizeof file)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot write '%s': %s", path,
		                       strerror(ENAMETOOLONG));
	FILE *out = fopen(file, "wb");
	if (!out)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot write '%s': %s", file,
		                       strerror(errno));
	write(export, out);
	errno = 0;
	bool is_bad = ferror(out) != 0;
	if (fclose(out) != 0 || is_bad)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot write '%s': %s", file,
		                       errno ? strerror(errno) : "the output failed");
	return TRACE_OK;
}

static void write_stream(const struct trace_export *export, FILE *out)
{
	unsigned char packet[PACKET_BYTES];
	struct ctf ctf = {.export = export, .out = out, .bytes = packet};
	put_stream(&ctf);
}

int trace_ctf_write(const struct trace_export *export, const char *path, struct trace_error *error)
{
	int rc = write_file(export, path, "metadata", trace_ctf_metadata, error);
	return rc ? rc : write_file(export, path, "stream", write_stream, error);
}
