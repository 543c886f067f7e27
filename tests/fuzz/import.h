/* What the targets that import have in common: a folder for the recording, and reading that to its end afterwards. */
#ifndef GANTTOP_TESTS_FUZZ_IMPORT_H
#define GANTTOP_TESTS_FUZZ_IMPORT_H

#include <stddef.h>
#include <stdint.h>

#include "trace/import/input.h"
#include "trace/import/sink.h"

struct fuzz_place {
	char folder[40], out[64];
};

/* Make the folder; end removes it with all that may stand in it. Both abort when they fail: the test's own trouble. */
void fuzz_place_begin(struct fuzz_place *place);
void fuzz_place_end(const struct fuzz_place *place);

/* Write a file into the folder. */
void fuzz_place_write(const struct fuzz_place *place, const char *name, const void *bytes,
                      size_t n);

/* Read the recording that an import has said to be whole: the importer has refused what the reader would. Aborts otherwise. */
void fuzz_place_read(const struct fuzz_place *place);

/* Let one importer read the bytes, cut into reads of any length, and read what it has made. */
void fuzz_importer(const uint8_t *bytes, size_t n,
                   int (*import)(struct trace_input *input, struct trace_sink *sink,
                                 struct trace_error *error));

#endif
