/* The parser: lines into words, braces into blocks. Programs are the tests' own, so what is wrong aborts. */
#include "tests/runtime/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *allocate(size_t n, size_t bytes)
{
	void *memory = calloc(n, bytes);
	if (!memory)
		abort();
	return memory;
}

/* Cut the next line with words in it. Returns their number, 0 at the end. */
static size_t next_line(struct program *program, const char *words[PROGRAM_WORDS_MAX])
{
	size_t n = 0;
	while (!n && program->at < program->end) {
		char *line = program->at, *end = strchr(line, '\n');
		if (!end)
			end = program->end;
		*end = '\0';
		program->at = end + 1;
		line[strcspn(line, "#")] = '\0';
		char *rest = NULL;
		for (char *w = strtok_r(line, " \t", &rest); w; w = strtok_r(NULL, " \t", &rest)) {
			if (n == PROGRAM_WORDS_MAX)
				abort();
			words[n++] = w;
		}
	}
	return n;
}

static bool is(const char *a, const char *b)
{
	return !strcmp(a, b);
}

/* Parse up to the closing brace, whose line goes to `tail`. */
static struct program_block *parse(struct program *program, const char *tail[PROGRAM_WORDS_MAX],
                                   size_t *n_tail)
{
	struct program_block *block = allocate(1, sizeof *block);
	struct program_node **end = &block->first;
	*n_tail = 0;
	for (;;) {
		const char *words[PROGRAM_WORDS_MAX];
		size_t n = next_line(program, words);
		if (!n)
			return block;
		if (is(words[0], "}")) {
			memcpy(tail, words, sizeof words);
			*n_tail = n;
			return block;
		}
		struct program_node *node = allocate(1, sizeof *node);
		*end = node;
		end = &node->next;
		bool opens = is(words[n - 1], "{");
		node->n_words = n - opens;
		size_t used = 0;
		for (size_t i = 0; i < node->n_words; i++) {
			node->words[i] = words[i];
			used += (size_t)snprintf(node->text + used, sizeof node->text - used,
			                         "%s%s", i ? " " : "", words[i]);
		}
		if (!opens)
			continue;
		const char *after[PROGRAM_WORDS_MAX];
		size_t n_after;
		node->inner = parse(program, after, &n_after);
		while (n_after > 1) { /* } except KIND {   /   } finally { */
			bool is_except = is(after[1], "except");
			if (is_except)
				node->except_kind = after[2];
			*(is_except ? &node->except : &node->finally) =
			        parse(program, after, &n_after);
		}
	}
}

void program_init(struct program *program, const char *source)
{
	const char *tail[PROGRAM_WORDS_MAX];
	size_t n_tail;
	program->source = strdup(source);
	if (!program->source)
		abort();
	program->at = program->source;
	program->end = program->source + strlen(source);
	program->top = parse(program, tail, &n_tail);
}

static void destroy(struct program_block *block)
{
	if (!block)
		return;
	for (struct program_node *node = block->first, *next; node; node = next) {
		next = node->next;
		destroy(node->inner);
		destroy(node->except);
		destroy(node->finally);
		free(node);
	}
	free(block);
}

void program_fini(struct program *program)
{
	destroy(program->top);
	free(program->source);
}

const struct program_block *program_def(const struct program *program, const char *name)
{
	for (const struct program_node *n = program->top->first; n; n = n->next)
		if (is(n->words[0], "def") && is(n->words[1], name))
			return n->inner;
	abort();
}

const char *program_main(const struct program *program)
{
	for (const struct program_node *n = program->top->first; n; n = n->next)
		if (is(n->words[0], "run"))
			return n->words[1];
	abort();
}
