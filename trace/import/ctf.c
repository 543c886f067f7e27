/* The stream: packets of events, each a fact. Nothing but the buffer of the input is in memory. */
#include "trace/import/ctf.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trace/import/ctf_layout.h"

#define MAGIC        0xc1fc1fc1u
#define HEADER_BYTES 48u
#define TEXT_BYTES   (16u * 1024u)

struct ctf {
	struct trace_input input;
	struct trace_ctf_layout layout;
	struct trace_fact fact;
	struct trace_sink *sink;
	struct trace_error *error;
	uint64_t left; /* bytes of the packet */
	uint64_t lost, said_lost;
};

static int bad(const struct ctf *c, const char *what)
{
	return trace_input_fail(&c->input, trace_input_offset(&c->input), c->error, "%s", what);
}

/* Have `n` bytes in the buffer. Returns them, NULL when the stream ends before. */
static const unsigned char *have(struct ctf *c, size_t n)
{
	while (c->input.end - c->input.at < n)
		if (!trace_input_fill(&c->input))
			return NULL;
	return (const unsigned char *)c->input.bytes + c->input.at;
}

static uint64_t little(const unsigned char *bytes, unsigned n)
{
	uint64_t value = 0;
	for (unsigned i = 0; i < n; i++)
		value |= (uint64_t)bytes[i] << 8 * i;
	return value;
}

/* Take an integer of the packet. */
static int take(struct ctf *c, unsigned n, uint64_t *value)
{
	const unsigned char *bytes = c->left >= n ? have(c, n) : NULL;
	if (!bytes)
		return bad(c, "expected the rest of an event, found the end of its packet");
	*value = little(bytes, n);
	c->input.at += n;
	c->left -= n;
	return TRACE_OK;
}

static int take_text(struct ctf *c, enum trace_fact_field field)
{
	size_t n = 0;
	for (;; n++) {
		const unsigned char *bytes = n < c->left && n < TEXT_BYTES ? have(c, n + 1) : NULL;
		if (!bytes)
			return bad(c, "expected the zero that ends a text");
		if (bytes[n] == '\0')
			break;
	}
	if (field != TRACE_FACT_END && n > 0 &&
	    trace_fact_text(&c->fact, field, c->input.bytes + c->input.at, n) != TRACE_OK)
		return bad(c, "expected shorter texts");
	c->input.at += n + 1;
	c->left -= n + 1;
	return TRACE_OK;
}

static int take_field(struct ctf *c, const struct trace_ctf_field *field)
{
	uint64_t value;
	if (field->bytes == 0)
		return take_text(c, field->field);
	int rc = take(c, field->bytes, &value);
	if (rc == TRACE_OK && field->field != TRACE_FACT_END &&
	    trace_fact_number(&c->fact, field->field, (int64_t)value) != TRACE_OK)
		return bad(c, "expected a field once");
	return rc;
}

static int read_event(struct ctf *c)
{
	uint64_t id = 0;
	trace_fact_clear(&c->fact);
	int rc = take(c, 2, &id);
	if (rc == TRACE_OK)
		rc = take(c, 8, &c->fact.t_ns);
	if (rc != TRACE_OK)
		return rc;
	if (id >= TRACE_CTF_IDS_MAX || !c->layout.events[id].is_there)
		return bad(c, "expected an event that metadata describes");
	if (c->fact.t_ns > INT64_MAX)
		return bad(c, "expected a time below 2^63 ns");
	if (c->layout.events[id].state)
		trace_fact_text(&c->fact, TRACE_FACT_STATE, c->layout.events[id].state,
		                strlen(c->layout.events[id].state));
	for (unsigned i = 0; rc == TRACE_OK && i < c->layout.events[id].n_fields; i++)
		rc = take_field(c, &c->layout.events[id].fields[i]);
	c->fact.kind = c->layout.events[id].kind;
	if (rc != TRACE_OK || !c->fact.kind)
		return rc;
	if (c->fact.kind == TRACE_LOST)
		c->said_lost += (uint64_t)c->fact.values[TRACE_FACT_COUNT].number;
	rc = trace_fact_put(&c->fact, c->sink);
	if (rc == TRACE_ESYSTEM)
		return trace_error_set(c->error, rc, 0, "%s", c->sink->flaw);
	return rc == TRACE_OK ? rc : bad(c, c->sink->flaw);
}

/* Read a packet. Returns 1, 0 at the end of the stream, or a negative code. */
static int read_packet(struct ctf *c)
{
	if (trace_input_peek(&c->input) < 0 && !c->input.failed)
		return 0;
	const unsigned char *header = have(c, HEADER_BYTES);
	if (!header || little(header, 4) != MAGIC)
		return bad(c, "expected a packet that begins with 0xc1fc1fc1");
	uint64_t content = little(header + 24, 8), size = little(header + 32, 8);
	c->lost = little(header + 40, 8);
	if (content % 8 || size % 8 || content > size || content / 8 < HEADER_BYTES)
		return bad(c, "expected the sizes of a packet");
	c->left = content / 8 - HEADER_BYTES;
	c->input.at += HEADER_BYTES;
	uint64_t padding = (size - content) / 8;
	while (c->left > 0) {
		int rc = read_event(c);
		if (rc != TRACE_OK)
			return rc;
	}
	for (; padding > 0; padding--, c->input.at++)
		if (trace_input_peek(&c->input) < 0)
			return bad(c, "expected the rest of a packet");
	return 1;
}

static int read_stream(struct ctf *c)
{
	int rc;
	do {
		rc = read_packet(c);
	} while (rc > 0);
	if (rc == TRACE_OK && c->lost > c->said_lost) {
		uint64_t n = c->lost - c->said_lost;
		rc = trace_sink_put(c->sink, (struct trace_record){.t_ns = c->sink->pen.t_ns,
		                                                   .kind = TRACE_LOST,
		                                                   .b = (uint32_t)n,
		                                                   .c = (uint32_t)(n >> 32)});
	}
	return rc;
}

/* Open a file of the folder. A pipe in its place would make us wait. */
static int open_part(const char *path, int *out, struct trace_error *error)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot open '%s': %s", path,
		                       strerror(errno));
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		*out = fd;
		return TRACE_OK;
	}
	close(fd);
	return trace_error_set(error, TRACE_EFORMAT, 0, "cannot open '%s': not a regular file",
	                       path);
}

/* Read all of the metadata. owns: returns memory in `*out`. */
static int read_metadata(const char *path, char **out, struct trace_error *error)
{
	struct trace_input input;
	int fd, rc = open_part(path, &fd, error);
	if (rc != TRACE_OK)
		return rc;
	rc = trace_input_init(&input, fd, path, error);
	while (rc == TRACE_OK && trace_input_fill(&input))
		;
	char *text = rc == TRACE_OK && !input.failed ? malloc(input.end + 1) : NULL;
	if (text) {
		memcpy(text, input.bytes, input.end);
		text[input.end] = '\0';
		*out = text;
	} else if (rc == TRACE_OK) {
		input.failed = input.failed ? input.failed : ENOMEM;
		rc = trace_input_fail(&input, 0, error, "the read failed");
	}
	trace_input_fini(&input);
	close(fd);
	return rc;
}

static int read_layout(struct ctf *c, const char *folder)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%.4000s/metadata", folder);
	if (access(path, F_OK) != 0 && errno == ENOENT)
		return trace_error_set(c->error, TRACE_EFORMAT, 0,
		                       "cannot read '%.200s': a folder, and no trace in CTF: "
		                       "it holds no 'metadata'",
		                       folder);
	char *text = NULL;
	int rc = read_metadata(path, &text, c->error);
	if (rc != TRACE_OK)
		return rc;
	const char *expected = trace_ctf_layout_read(&c->layout, text, c->sink);
	free(text);
	if (!expected)
		return TRACE_OK;
	return trace_error_set(c->error, TRACE_EFORMAT, 0, "cannot read '%.200s': %s", folder,
	                       expected);
}

int trace_import_ctf(const char *path, struct trace_sink *sink, struct trace_error *error)
{
	char stream[PATH_MAX];
	struct ctf *c = calloc(1, sizeof *c);
	if (!c)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot read '%s': out of memory",
		                       path);
	c->sink = sink;
	c->error = error;
	snprintf(stream, sizeof stream, "%.4000s/stream", path);
	int rc = read_layout(c, path), fd = -1;
	if (rc == TRACE_OK)
		rc = open_part(stream, &fd, error);
	if (rc == TRACE_OK)
		rc = trace_input_init(&c->input, fd, stream, error);
	if (rc == TRACE_OK)
		rc = read_stream(c);
	trace_input_fini(&c->input);
	if (fd >= 0)
		close(fd);
	trace_fact_fini(&c->fact);
	free(c);
	return rc;
}
