#include "tests/fuzz/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/fuzz/targets.h"
#include "trace/model.h"

void fuzz_place_write(const struct fuzz_place *place, const char *name, const void *bytes, size_t n)
{
	char path[80];
	snprintf(path, sizeof path, "%s/%s", place->folder, name);
	FILE *file = fopen(path, "wb");
	if (!file || (n && fwrite(bytes, 1, n, file) != n) || fclose(file) != 0)
		abort();
}

void fuzz_place_begin(struct fuzz_place *place)
{
	snprintf(place->folder, sizeof place->folder, "%s/ganttop-fuzz-XXXXXX",
	         access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (!mkdtemp(place->folder))
		abort();
	snprintf(place->out, sizeof place->out, "%s/out", place->folder);
}

void fuzz_place_end(const struct fuzz_place *place)
{
	static const char *const names[] = {"metadata", "stream", "out"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char path[80];
		snprintf(path, sizeof path, "%s/%s", place->folder, names[i]);
		unlink(path);
	}
	if (rmdir(place->folder))
		abort(); /* something was left behind */
}

void fuzz_place_read(const struct fuzz_place *place)
{
	struct trace_reader *reader;
	struct trace_error error;
	if (trace_reader_open(&reader, place->out, false, &error))
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

void fuzz_importer(const uint8_t *bytes, size_t n,
                   int (*import)(struct trace_input *input, struct trace_sink *sink,
                                 struct trace_error *error))
{
	struct fuzz_place place;
	struct trace_input input;
	struct trace_sink sink;
	struct trace_error error = {.code = TRACE_OK};
	char path[64];
	FILE *file = fuzz_file(bytes, n, path, sizeof path);
	rewind(file);
	fuzz_place_begin(&place);
	if (trace_input_init(&input, fileno(file), "fuzz", &error) != TRACE_OK ||
	    trace_sink_open(&sink, place.out, &error) != TRACE_OK)
		abort();
	int rc = import(&input, &sink, &error);
	/* whoever refuses says why, in a line */
	if (rc != TRACE_OK && (error.code != rc || !error.text[0] || strchr(error.text, '\n')))
		abort();
	trace_sink_close(&sink);
	trace_input_fini(&input);
	fclose(file);
	if (rc == TRACE_OK)
		fuzz_place_read(&place);
	fuzz_place_end(&place);
}
