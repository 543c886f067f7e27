/* Chrome traces, somebody's and ours. */
#include "tests/fuzz/import.h"
#include "tests/fuzz/targets.h"
#include "trace/import/chrome.h"

void fuzz_chrome(const uint8_t *bytes, size_t n)
{
	fuzz_importer(bytes, n, trace_import_chrome);
}

FUZZ_ENTRY(fuzz_chrome)
