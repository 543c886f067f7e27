/* Which format it is, and who reads it. Every import ends in a recording: all that works on a recording works on it, and no other
 * part of the program knows that it was something else.
 */
#include "trace/import/import.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trace/import/chrome.h"
#include "trace/import/ctf.h"
#include "trace/import/input.h"
#include "trace/import/jsonl.h"
#include "trace/import/native.h"
#include "trace/import/sched.h"
#include "trace/import/sink.h"
#include "trace/import/stranger.h"

#define LOOK_BYTES      (64u * 1024u)
#define PATIENCE_MS     1000 /* for who is to write into a pipe */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static bool contains(const char *bytes, size_t n, const char *word)
{
	return memmem(bytes, n, word, strlen(word)) != NULL;
}

/* Say what a file is that begins with these bytes. */
static enum trace_import_format look(const char *bytes, size_t n)
{
	size_t i = 0;
	if (n >= 8 && memcmp(bytes, TRACE_MAGIC, 8) == 0)
		return TRACE_IMPORT_NATIVE;
	if (trace_stranger_of_bytes(bytes, n))
		return TRACE_IMPORT_STRANGER;
	if (n >= 3 && memcmp(bytes, BYTE_ORDER_MARK, 3) == 0)
		i = 3;
	while (i < n && strchr(" \t\r\n", bytes[i]) && bytes[i])
		i++;
	if (i == n)
		return TRACE_IMPORT_NONE;
	const char *line_end = memchr(bytes + i, '\n', n - i);
	size_t line = line_end ? (size_t)(line_end - bytes) - i : n - i;
	if (bytes[i] == '{' && contains(bytes + i, line, "\"ev\"") &&
	    contains(bytes + i, line, "\"meta\"") && !contains(bytes + i, line, "traceEvents"))
		return TRACE_IMPORT_JSONL;
	if (bytes[i] == '{' || bytes[i] == '[')
		return TRACE_IMPORT_CHROME;
	if (contains(bytes + i, n - i, "sched_switch: ") || contains(bytes + i, n - i, "sched_wak"))
		return TRACE_IMPORT_SCHED;
	return TRACE_IMPORT_NONE;
}

/* Whatever it is, opening it does not wait. */
static int open_input(const char *path, struct trace_error *error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		trace_error_set(error, TRACE_ESYSTEM, 0, "cannot open '%s': %s", path,
		                strerror(errno));
	return fd;
}

enum trace_import_format trace_import_detect(const char *path)
{
	char bytes[LOOK_BYTES];
	struct stat st;
	/* asked first: who opens a pipe and closes it again ends the program that writes into it */
	if (stat(path, &st) != 0 || (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
		return TRACE_IMPORT_NATIVE;
	int fd = open_input(path, NULL);
	ssize_t n = fd >= 0 && S_ISREG(st.st_mode) ? pread(fd, bytes, sizeof bytes, 0) : 0;
	if (fd >= 0)
		close(fd);
	if (fd >= 0 && S_ISDIR(st.st_mode))
		return TRACE_IMPORT_CTF; /* or nothing that is read */
	enum trace_import_format format = n > 0 ? look(bytes, (size_t)n) : TRACE_IMPORT_NONE;
	return format == TRACE_IMPORT_NONE ? TRACE_IMPORT_NATIVE : format;
}

/* What became of the recording goes before what the file says: a disk that is full, memory that ran out. `error` was empty before the
 * import. */
static int settle(const struct trace_sink *sink, const char *name, int rc,
                  struct trace_error *error)
{
	if (sink->is_full)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "%s", sink->why_full);
	bool is_said = error && error->code != TRACE_OK;
	if (sink->is_short || (rc == TRACE_ESYSTEM && !is_said))
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot read '%s': out of memory",
		                       name);
	return rc != TRACE_OK && is_said ? error->code : rc;
}

static void clear(struct trace_error *error)
{
	if (error)
		*error = (struct trace_error){.code = TRACE_OK};
}

/* A folder is not one input. */
static int convert_folder(const char *path, const char *out, struct trace_error *error)
{
	struct trace_sink sink;
	int rc = trace_sink_open(&sink, out, error);
	if (rc != TRACE_OK)
		return rc;
	clear(error);
	rc = settle(&sink, path, trace_import_ctf(path, &sink, error), error);
	trace_sink_close(&sink);
	return rc;
}

/* Take the mark that some programs put before their UTF-8. */
static void skip_mark(struct trace_input *input)
{
	while (input->end - input->at < 3 && trace_input_fill(input))
		;
	if (input->end - input->at >= 3 &&
	    memcmp(input->bytes + input->at, BYTE_ORDER_MARK, 3) == 0)
		input->at += 3;
}

static int convert_into(struct trace_input *input, enum trace_import_format format,
                        struct trace_sink *sink, struct trace_error *error)
{
	skip_mark(input);
	switch (format) {
	case TRACE_IMPORT_STRANGER:
		return trace_input_fail(input, 0, error, "%s",
		                        trace_stranger_of_bytes(input->bytes + input->at,
		                                                input->end - input->at));
	case TRACE_IMPORT_JSONL:
		return trace_import_jsonl(input, sink, error);
	case TRACE_IMPORT_SCHED:
		return trace_import_sched(input, sink, error);
	case TRACE_IMPORT_CHROME:
		return trace_import_chrome(input, sink, error);
	default:
		if (trace_input_peek(input) < 0)
			return trace_input_fail(input, 0, error, "expected a trace, found nothing");
		return trace_input_fail(
		        input, 0, error,
		        "expected a recording, JSON lines, a Chrome trace, or the text of "
		        "perf or trace-cmd");
	}
}

static int convert(struct trace_input *input, enum trace_import_format format, const char *out,
                   struct trace_error *error)
{
	struct trace_sink sink;
	if (format == TRACE_IMPORT_NATIVE)
		return trace_import_native(input, out, error);
	int rc = trace_sink_open(&sink, out, error);
	if (rc != TRACE_OK)
		return rc;
	clear(error);
	rc = settle(&sink, input->name, convert_into(input, format, &sink, error), error);
	trace_sink_close(&sink);
	return rc;
}

static void begin_progress(struct trace_import_progress *progress, int fd)
{
	struct stat st;
	if (progress && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		atomic_store(&progress->all, (uint64_t)st.st_size);
}

int trace_import_file(const char *path, const char *out, struct trace_import_progress *progress,
                      struct trace_error *error)
{
	struct trace_input input;
	enum trace_import_format format = trace_import_detect(path);
	if (format == TRACE_IMPORT_CTF)
		return convert_folder(path, out, error);
	int fd = open_input(path, error);
	if (fd < 0)
		return TRACE_ESYSTEM;
	begin_progress(progress, fd);
	int rc = trace_input_init(&input, fd, path, error);
	input.progress = progress;
	if (rc == TRACE_OK)
		rc = convert(&input, format, out, error);
	trace_input_fini(&input);
	close(fd);
	return rc;
}

/* ---- a first part */

#define EARLY_BYTES (2u * 1024u * 1024u) /* some ten thousand events, and a twentieth of a second */

static bool is_long(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && st.st_size > 4 * (off_t)EARLY_BYTES;
}

/* Write what the file begins with into the sink, which stays open: there is more to come. A mistake in it is found again. */
static void convert_part(const char *path, struct trace_sink *sink)
{
	struct trace_input input;
	struct trace_error error;
	int fd = open_input(path, &error);
	if (fd < 0)
		return;
	if (trace_input_init(&input, fd, path, &error) == TRACE_OK) {
		input.limit = EARLY_BYTES;
		trace_import_chrome(&input, sink, &error);
	}
	trace_input_fini(&input);
	close(fd);
}

/* Let the whole recording take the place of its part, and tell who looks at that. */
static int replace_part(struct trace_sink *part, const char *whole, const char *out,
                        struct trace_error *error)
{
	if (rename(whole, out))
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot write '%s': %s", out,
		                       strerror(errno));
	atomic_store_explicit(&trace_writer_header(part->writer)->live, TRACE_REPLACED,
	                      memory_order_release);
	return TRACE_OK;
}

int trace_import_early(const char *path, const char *out, struct trace_import_progress *progress,
                       struct trace_error *error)
{
	struct trace_sink part;
	char whole[PATH_MAX];
	int n = snprintf(whole, sizeof whole, "%s.whole", out);
	if (trace_import_detect(path) != TRACE_IMPORT_CHROME || !is_long(path) || n < 0 ||
	    (size_t)n >= sizeof whole)
		return trace_import_file(path, out, progress, error);
	int rc = trace_sink_open(&part, out, error);
	if (rc != TRACE_OK)
		return rc;
	part.is_part = true;
	convert_part(path, &part);
	rc = trace_import_file(path, whole, progress, error);
	if (rc == TRACE_OK)
		rc = replace_part(&part, whole, out, error);
	if (rc != TRACE_OK)
		unlink(whole);
	trace_sink_close(&part);
	return rc;
}

/* Wait for as much as it takes to say what it is: a line, if it is text. */
static enum trace_import_format look_ahead(struct trace_input *input)
{
	for (;;) {
		size_t n = input->end - input->at;
		const char *bytes = input->bytes + input->at;
		enum trace_import_format format = look(bytes, n);
		bool is_sure = format == TRACE_IMPORT_NATIVE || format == TRACE_IMPORT_STRANGER ||
		               format == TRACE_IMPORT_SCHED || (n > 0 && *bytes == '[') ||
		               (format != TRACE_IMPORT_NONE && memchr(bytes, '\n', n));
		if (is_sure || n >= LOOK_BYTES || !trace_input_fill(input))
			return format;
	}
}

int trace_import_stream(int fd, const char *name, const char *out, struct trace_error *error)
{
	struct trace_input input;
	int rc = trace_input_init(&input, fd, name, error);
	input.patience_ms = PATIENCE_MS;
	if (rc == TRACE_OK)
		rc = convert(&input, look_ahead(&input), out, error);
	trace_input_fini(&input);
	return rc;
}
