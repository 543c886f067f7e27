/* A stream of any format, recordings too: what it is, and the importer of that. */
#include "tests/fuzz/import.h"
#include "tests/fuzz/targets.h"

#include <string.h>

#include "trace/import/import.h"

void fuzz_import(const uint8_t *bytes, size_t n)
{
	struct fuzz_place place;
	struct trace_error error;
	char path[64];
	FILE *file = fuzz_file(bytes, n, path, sizeof path);
	rewind(file);
	fuzz_place_begin(&place);
	int rc = trace_import_stream(fileno(file), "fuzz", place.out, &error);
	fclose(file);
	bool is_recording = n >= 4 && memcmp(bytes, "\x89GTT", 4) == 0; /* any may come */
	if (rc == TRACE_OK && !is_recording)
		fuzz_place_read(&place);
	fuzz_place_end(&place);
}

FUZZ_ENTRY(fuzz_import)
