/* What fuzzing starts from, and every input that it once broke something with: tests/fuzz/seeds/TARGET and
 * tests/fuzz/found/TARGET, in every flavour and without a fuzzer.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/fuzz/targets.h"

#define INPUT_MAX_BYTES (1u << 20)

static void replay_file(const char *path, void (*target)(const uint8_t *, size_t))
{
	FILE *file = fopen(path, "rb");
	if (!file)
		fail_msg("cannot open '%s'", path);
	/* as large as the input: a byte beyond it is a byte too far */
	uint8_t *all = malloc(INPUT_MAX_BYTES);
	size_t n = fread(all, 1, INPUT_MAX_BYTES, file);
	fclose(file);
	uint8_t *bytes = malloc(n ? n : 1);
	memcpy(bytes, all, n);
	free(all);
	target(bytes, n);
	free(bytes);
}

static unsigned replay_folder(const char *kind, const char *name,
                              void (*target)(const uint8_t *, size_t))
{
	char folder[100], path[400];
	unsigned n = 0;
	snprintf(folder, sizeof folder, "tests/fuzz/%s/%s", kind, name);
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		replay_file(path, target);
		n++;
	}
	if (dir)
		closedir(dir);
	return n;
}

static void replay(const char *name, void (*target)(const uint8_t *, size_t))
{
	assert_int_not_equal(0, replay_folder("seeds", name, target));
	replay_folder("found", name, target);
	target((const uint8_t *)"", 0);
}

static void import__seeds_and_what_was_found__comes_back(void **state)
{
	(void)state;
	replay("import", fuzz_import);
}

static void ctf__seeds_and_what_was_found__comes_back(void **state)
{
	(void)state;
	replay("ctf", fuzz_ctf);
}

static void sched__seeds_and_what_was_found__comes_back(void **state)
{
	(void)state;
	replay("sched", fuzz_sched);
}

static void jsonl__seeds_and_what_was_found__comes_back(void **state)
{
	(void)state;
	replay("jsonl", fuzz_jsonl);
}

static void chrome__seeds_and_what_was_found__comes_back(void **state)
{
	(void)state;
	replay("chrome", fuzz_chrome);
}

static void reader__seeds_and_what_was_found__comes_back(void **state)
{
	(void)state;
	replay("reader", fuzz_reader);
}

static void language__seeds_and_what_was_found__comes_back(void **state)
{
	(void)state;
	replay("language", fuzz_language);
}

static void config__seeds_and_what_was_found__comes_back(void **state)
{
	(void)state;
	replay("config", fuzz_config);
}

static void message__seeds_and_what_was_found__comes_back(void **state)
{
	(void)state;
	replay("message", fuzz_message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(import__seeds_and_what_was_found__comes_back),
	        cmocka_unit_test(ctf__seeds_and_what_was_found__comes_back),
	        cmocka_unit_test(sched__seeds_and_what_was_found__comes_back),
	        cmocka_unit_test(jsonl__seeds_and_what_was_found__comes_back),
	        cmocka_unit_test(chrome__seeds_and_what_was_found__comes_back),
	        cmocka_unit_test(reader__seeds_and_what_was_found__comes_back),
	        cmocka_unit_test(language__seeds_and_what_was_found__comes_back),
	        cmocka_unit_test(config__seeds_and_what_was_found__comes_back),
	        cmocka_unit_test(message__seeds_and_what_was_found__comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
