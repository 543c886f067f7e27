/* The text of perf and trace-cmd. */
#include "tests/fuzz/import.h"
#include "tests/fuzz/targets.h"
#include "trace/import/sched.h"

void fuzz_sched(const uint8_t *bytes, size_t n)
{
	fuzz_importer(bytes, n, trace_import_sched);
}

FUZZ_ENTRY(fuzz_sched)
