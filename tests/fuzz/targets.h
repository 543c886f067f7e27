/* What is fuzzed: each target takes bytes of anybody's, and must come back. */
#ifndef GANTTOP_TESTS_FUZZ_TARGETS_H
#define GANTTOP_TESTS_FUZZ_TARGETS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A recording: as a whole file, or as slots that get a header and blocks; reader, model, findings, statistics, one export. */
void fuzz_reader(const uint8_t *bytes, size_t n);

/* A program of the little language: parser and checks. */
void fuzz_language(const uint8_t *bytes, size_t n);

/* The user's file of settings. */
void fuzz_config(const uint8_t *bytes, size_t n);

/* A message of a shared view. */
void fuzz_message(const uint8_t *bytes, size_t n);

/* A stream of any format, and those that are imported one by one: so a mutation does not turn one into another. */
void fuzz_import(const uint8_t *bytes, size_t n);
void fuzz_chrome(const uint8_t *bytes, size_t n);
void fuzz_jsonl(const uint8_t *bytes, size_t n);
void fuzz_sched(const uint8_t *bytes, size_t n);
void fuzz_ctf(const uint8_t *bytes, size_t n);

/* Under `make fuzz` every target is a program of its own, whose main is the fuzzer's. */
#ifdef GANTTOP_FUZZ
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
#define FUZZ_ENTRY(target)                                                                         \
	int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)                                 \
	{                                                                                          \
		target(bytes, n);                                                                  \
		return 0;                                                                          \
	}
#else
#define FUZZ_ENTRY(target)
#endif

/* Put the bytes into a file that has no name in any folder. Writes a path by which it can be opened until it is closed.
 * owns: returns the open file. */
FILE *fuzz_file(const uint8_t *bytes, size_t n, char *path, size_t path_bytes);

#endif
