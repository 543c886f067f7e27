/* Programs of the little language. They are not run: a program may be meant to run for ever. */
#include "tests/fuzz/targets.h"

#include "scenarios/gts/gts.h"

void fuzz_language(const uint8_t *bytes, size_t n)
{
	char path[64], why[400];
	const struct scenario *scenario;
	FILE *file = fuzz_file(bytes, n, path, sizeof path);
	if (!gts_load(&scenario, path, why, sizeof why))
		gts_unload(scenario);
	fclose(file);
}

FUZZ_ENTRY(fuzz_language)
