/* Which format it is, and who reads it. Every import ends in a recording: all that works on a recording works on it, and no other
 * part of the program knows that it was something else.
 */
#include "trace/import/import.h"

#include <errno.h>
#include <fcntl.h>
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

#define LOOK_BYTES (64u * 1024u)

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
	if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
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
	int fd = open_input(path, NULL);
	ssize_t n = 0;
	bool is_there = fd >= 0 && fstat(fd, &st) == 0;
	if (is_there && S_ISREG(st.st_mode))
		n = pread(fd, bytes, sizeof bytes, 0);
	bool is_ctf = is_there && S_ISDIR(st.st_mode) && faccessat(fd, "metadata", F_OK, 0) == 0;
	if (fd >= 0)
		close(fd);
	if (is_ctf)
		return TRACE_IMPORT_CTF;
	enum trace_import_format format = n > 0 ? look(bytes, (size_t)n) : TRACE_IMPORT_NONE;
	return format == TRACE_IMPORT_NONE ? TRACE_IMPORT_NATIVE : format;
}

/* A folder is not one input. */
static int convert_folder(const char *path, const char *out, struct trace_error *error)
{
	struct trace_sink sink;
	int rc = trace_sink_open(&sink, out, error);
	if (rc != TRACE_OK)
		return rc;
	rc = trace_import_ctf(path, &sink, error);
	trace_sink_close(&sink);
	return rc;
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
	if (format == TRACE_IMPORT_NONE)
		rc = trace_input_fail(
		        input, 0, error,
		        "expected a recording, JSON lines, a Chrome trace, or the text of "
		        "perf or trace-cmd");
	else if (format == TRACE_IMPORT_JSONL)
		rc = trace_import_jsonl(input, &sink, error);
	else if (format == TRACE_IMPORT_SCHED)
		rc = trace_import_sched(input, &sink, error);
	else
		rc = trace_import_chrome(input, &sink, error);
	trace_sink_close(&sink);
	return rc;
}

int trace_import_file(const char *path, const char *out, struct trace_error *error)
{
	struct trace_input input;
	enum trace_import_format format = trace_import_detect(path);
	if (format == TRACE_IMPORT_CTF)
		return convert_folder(path, out, error);
	int fd = open_input(path, error);
	if (fd < 0)
		return TRACE_ESYSTEM;
	int rc = trace_input_init(&input, fd, path, error);
	if (rc == TRACE_OK)
		rc = convert(&input, format, out, error);
	trace_input_fini(&input);
	close(fd);
	return rc;
}

/* Wait for as much as it takes to say what it is: a line, if it is text. */
static enum trace_import_format look_ahead(struct trace_input *input)
{
	for (;;) {
		size_t n = input->end - input->at;
		const char *bytes = input->bytes + input->at;
		enum trace_import_format format = look(bytes, n);
		bool is_sure = format == TRACE_IMPORT_NATIVE || format == TRACE_IMPORT_SCHED ||
		               (n > 0 && *bytes == '[') ||
		               (format != TRACE_IMPORT_NONE && memchr(bytes, '\n', n));
		if (is_sure || n >= LOOK_BYTES || !trace_input_fill(input))
			return format;
	}
}

int trace_import_stream(int fd, const char *name, const char *out, struct trace_error *error)
{
	struct trace_input input;
	int rc = trace_input_init(&input, fd, name, error);
	if (rc == TRACE_OK)
		rc = convert(&input, look_ahead(&input), out, error);
	trace_input_fini(&input);
	return rc;
}
