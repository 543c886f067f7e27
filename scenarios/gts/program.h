/* The inside of the little language: a program as a tree, and the steps from its text to there.
 *
 * lexer (text to words) -> parser (lines to blocks) -> check (words to numbers, objects, bodies). Everything stands in one arena.
 */
#ifndef GANTTOP_SCENARIOS_GTS_PROGRAM_H
#define GANTTOP_SCENARIOS_GTS_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scenarios/gts/arena.h"
#include "scenarios/scenario.h"

#define GTS_BYTES_MAX   (1u << 20)    /* of a program */
#define GTS_WORDS_MAX   257u          /* of a line */
#define GTS_HANDLES_MAX 256u          /* of one operation */
#define GTS_NAME_MAX    64u           /* bytes of a name */
#define GTS_DEPTH_MAX   64u           /* blocks in blocks */
#define GTS_TIME_MAX_MS 1000000000000 /* the longest time: 31 years */
#define GTS_COUNT_MAX   1000000       /* the most permits, places, times, ... */
#define GTS_ITEM_MAX    1000000000
#define GTS_NAMES_MAX   10000u /* bodies, objects, handles */

struct gts_word {
	const char *text;
	int line, col;
};

struct gts_line {
	struct gts_word words[GTS_WORDS_MAX];
	size_t n;
	int number;
	int end_col; /* column behind the last word */
};

enum gts_kind {
#define GTS_KIND(id, word, number, min, text) GTS_KIND_##id,
#include "scenarios/gts/kinds.def"
#undef GTS_KIND
	GTS_N_KINDS
};

enum gts_op_id {
#define GTS_OP(id, word, args, has_block, player) GTS_OP_##id,
#include "scenarios/gts/ops.def"
#undef GTS_OP
	GTS_N_OPS
};

struct gts_op {
	enum gts_op_id id;
	const char *word;
	const char *args; /* as ops.def explains */
	bool has_block;
};

/* A number of the program: written out, or a parameter's. */
struct gts_number {
	int64_t value;
	size_t param; /* whose parameter's, counted from 1; 0: written out */
};

/* What a word of an operation means, by the letter of its place. */
struct gts_arg {
	struct gts_number number;
	size_t index; /* of the handle, body or object */
	bool is_relative;
};

enum gts_except { GTS_EXCEPT_CANCELLED, GTS_EXCEPT_TIMEOUT, GTS_EXCEPT_ERROR, GTS_EXCEPT_ANY };

/* One operation. */
struct gts_node {
	const struct gts_op *op;
	const struct gts_word *words; /* without the brace */
	size_t n_words;
	struct gts_arg *args; /* args[i] is of words[i + 1] */
	size_t n_args;
	struct gts_node *next;
	struct gts_node *inner;              /* of its block */
	struct gts_node *handler, *finally_; /* of try */
	enum gts_except except;
	bool has_handler, has_finally;
};

struct gts_body {
	const char *name;
	struct gts_word word;
	struct gts_node *first;
	struct gts_body *next;
	unsigned n_tries; /* how deep its tries stand in each other */
};

struct gts_object {
	enum gts_kind kind;
	const char *name;
	struct gts_word word, number_word; /* number_word.text is NULL without a number */
	struct gts_number number;
	struct gts_object *next;
};

struct gts_handle {
	const char *name;
	struct gts_handle *next;
};

struct gts_program {
	struct scenario scenario; /* first */
	struct gts_arena arena;
	const char *file; /* for messages and for call sites */
	struct gts_object *objects, **objects_end;
	struct gts_body *bodies, **bodies_end;
	struct gts_handle *handles;
	size_t n_objects, n_bodies, n_handles;
	struct gts_word main_word; /* text NULL: no `run` yet */
	size_t main;
	size_t main_handle;
	struct scn_param params[SCN_PARAMS_MAX];
	struct gts_word param_words[SCN_PARAMS_MAX];
	size_t n_params;
	char *why; /* of the first mistake */
	size_t why_bytes;
};

/* ---- Mistakes ---- */

/* Write `FILE:LINE:COL: expected EXPECTED, found FOUND`. Returns -1. */
int gts_expected(struct gts_program *program, int line, int col, const char *expected,
                 const char *found);

/* The same for a word, which is quoted. */
int gts_expected_not(struct gts_program *program, const struct gts_word *word,
                     const char *expected);

/* Say that memory ran out. Returns -1. */
int gts_no_memory(struct gts_program *program);

/* ---- Words ---- */

struct gts_lexer {
	struct gts_program *program;
	const char *at;
	int line;
};

/* Read the next line that has words. Returns 1, 0 at the end, -1 for a mistake. */
int gts_lexer_next(struct gts_lexer *lexer, struct gts_line *line);

/* ---- Blocks and declarations ---- */

/* Read the whole text into bodies, objects and parameters. errors: -1. */
int gts_parse(struct gts_program *program, const char *text);

/* Return the operation of that word, or NULL. */
const struct gts_op *gts_op_find(const char *word);

/* Return the kind that a word declares, GTS_N_KINDS if none; and what it is called. */
enum gts_kind gts_kind_find(const char *word);
const char *gts_kind_text(enum gts_kind kind);

/* ---- Meaning ---- */

/* Give every word its meaning, and narrow every parameter to what all its uses take. errors: -1. */
int gts_check(struct gts_program *program);

/* Read a number between `min` and `max`, or a parameter, which is narrowed to that. `what`: what messages ask for. errors: -1. */
int gts_read_number(struct gts_program *program, const struct gts_word *word, const char *what,
                    int64_t min, int64_t max, struct gts_number *out);

#endif
