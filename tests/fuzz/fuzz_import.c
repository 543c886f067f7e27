/* Files of other formats. The first byte says what the others are: a stream of any format, or the metadata and, behind a zero, the stream of
 * a CTF trace. What was imported is a recording that can be read to its end: the importer has refused what the reader would.
 */
#include "tests/fuzz/targets.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "trace/import/import.h"
#include "trace/model.h"

static void write_file(const char *folder, const char *name, const void *bytes, size_t n)
{
	char path[80];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "wb");
	if (!file || (n && fwrite(bytes, 1, n, file) != n) || fclose(file) != 0)
		abort(); /* the test's own trouble */
}

static void remove_file(const char *folder, const char *name)
{
	char path[80];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	unlink(path);
}

static void read_recording(const char *path)
{
	struct trace_reader *reader;
	struct trace_error error;
	if (trace_reader_open(&reader, path, false, &error))
		abort();
	struct trace_model *model = trace_model_create(reader);
	int rc = 0;
	do {
		rc = model ? trace_model_update(model, &error) : 0;
	} while (rc > 0);
	if (rc == TRACE_EFORMAT) {
		fprintf(stderr, "%s\n", error.text);
		abort();
	}
	trace_model_destroy(model);
}

static int import_ctf(const uint8_t *bytes, size_t n, const char *folder, const char *out)
{
	struct trace_error error;
	const uint8_t *zero = n ? memchr(bytes, 0, n) : NULL;
	size_t metadata = zero ? (size_t)(zero - bytes) : n;
	write_file(folder, "metadata", bytes, metadata);
	write_file(folder, "stream", bytes + metadata + (zero != NULL),
	           n - metadata - (zero != NULL));
	return trace_import_detect(folder) == TRACE_IMPORT_CTF
	               ? trace_import_file(folder, out, NULL, &error)
	               : TRACE_EFORMAT;
}

static int import_stream(const uint8_t *bytes, size_t n, const char *out)
{
	char path[64];
	struct trace_error error;
	FILE *file = fuzz_file(bytes, n, path, sizeof path);
	rewind(file);
	int rc = trace_import_stream(fileno(file), "fuzz", out, &error);
	fclose(file);
	return n >= 4 && memcmp(bytes, "\x89GTT", 4) == 0 ? TRACE_EFORMAT
	                                                  : rc; /* any recording may come */
}

void fuzz_import(const uint8_t *bytes, size_t n)
{
	char folder[] = "/tmp/ganttop-fuzz-XXXXXX", out[64];
	if (n < 1)
		return;
	if (!mkdtemp(folder))
		abort();
	snprintf(out, sizeof out, "%s/out", folder);
	int rc = bytes[0] & 1 ? import_ctf(bytes + 1, n - 1, folder, out)
	                      : import_stream(bytes + 1, n - 1, out);
	if (rc == TRACE_OK)
		read_recording(out);
	remove_file(folder, "metadata");
	remove_file(folder, "stream");
	remove_file(folder, "out");
	rmdir(folder);
}

FUZZ_ENTRY(fuzz_import)
