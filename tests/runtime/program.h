/* Programs of the little language in which CPython and the runtime are compared: words, blocks in braces, one
 * operation a line. tests/conformance/LANGUAGE.md lists the operations.
 */
#ifndef GANTTOP_TESTS_RUNTIME_PROGRAM_H
#define GANTTOP_TESTS_RUNTIME_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#define PROGRAM_WORDS_MAX 12u

struct program_block;

/* One line, with the blocks that belong to it. */
struct program_node {
	struct program_node *next;
	const char *words[PROGRAM_WORDS_MAX];
	size_t n_words;
	char text[160];              /* the words with single blanks */
	struct program_block *inner; /* NULL: the line opens no block */
	const char *except_kind;     /* NULL: no such tail */
	struct program_block *except, *finally;
};

struct program_block {
	struct program_node *first;
};

struct program {
	char *source; /* cut into words */
	struct program_block *top;
	char *end; /* of the source */
	char *at;
};

/* Parse a copy of `source`; a test that cannot is over. */
void program_init(struct program *program, const char *source);
void program_fini(struct program *program);

/* Return the block of `def NAME`, and the name that stands behind `run`. */
const struct program_block *program_def(const struct program *program, const char *name);
const char *program_main(const struct program *program);

#endif
