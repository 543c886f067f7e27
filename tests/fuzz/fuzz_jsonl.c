/* JSON lines. */
#include "tests/fuzz/import.h"
#include "tests/fuzz/targets.h"
#include "trace/import/jsonl.h"

void fuzz_jsonl(const uint8_t *bytes, size_t n)
{
	fuzz_importer(bytes, n, trace_import_jsonl);
}

FUZZ_ENTRY(fuzz_jsonl)
