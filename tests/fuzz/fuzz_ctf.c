/* A folder of CTF: the metadata and, behind a zero, the stream. */
#include "tests/fuzz/import.h"
#include "tests/fuzz/targets.h"

#include <string.h>

#include "trace/import/import.h"

void fuzz_ctf(const uint8_t *bytes, size_t n)
{
	struct fuzz_place place;
	struct trace_error error;
	const uint8_t *zero = n ? memchr(bytes, 0, n) : NULL;
	size_t metadata = zero ? (size_t)(zero - bytes) : n;
	fuzz_place_begin(&place);
	fuzz_place_write(&place, "metadata", bytes, metadata);
	fuzz_place_write(&place, "stream", bytes + metadata + (zero != NULL),
	                 n - metadata - (zero != NULL));
	if (trace_import_file(place.folder, place.out, NULL, &error) == TRACE_OK)
		fuzz_place_read(&place);
	fuzz_place_end(&place);
}

FUZZ_ENTRY(fuzz_ctf)
