/* What the words of operations mean: numbers in their ranges, objects of the right kind, bodies that exist, handles.
 *
 * A parameter may stand wherever a number may. Each of its uses narrows what it can be set to, so a setting that no use could
 * take is refused when it is made and a program that runs needs no checks.
 */
#include "scenarios/gts/program.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_MAX 13u

/* ---- Numbers ---- */

static int bad_number(struct gts_program *program, const struct gts_word *word, const char *what,
                      int64_t min, int64_t max)
{
	char expected[120];
	snprintf(expected, sizeof expected, "%s from %" PRId64 " to %" PRId64, what, min, max);
	return gts_expected_not(program, word, expected);
}

static bool read_literal(const char *text, int64_t *value)
{
	const char *digits = text + (*text == '-');
	size_t n = strlen(digits);
	if (n == 0 || n > DIGITS_MAX || strspn(digits, "0123456789") != n)
		return false;
	*value = strtoll(text, NULL, 10);
	return true;
}

static int use_param(struct gts_program *program, const struct gts_word *word, int64_t min,
                     int64_t max, struct gts_number *out)
{
	for (size_t i = 0; i < program->n_params; i++) {
		struct scn_param *param = &program->params[i];
		if (strcmp(param->name, word->text + 1) != 0)
			continue;
		*out = (struct gts_number){param->value, i + 1};
		param->min = param->min < min ? min : param->min;
		param->max = param->max > max ? max : param->max;
		return 0;
	}
	return gts_expected_not(program, word, "the name of a parameter behind the $");
}

int gts_read_number(struct gts_program *program, const struct gts_word *word, const char *what,
                    int64_t min, int64_t max, struct gts_number *out)
{
	if (word->text[0] == '$')
		return use_param(program, word, min, max, out);
	*out = (struct gts_number){0};
	if (!read_literal(word->text, &out->value) || out->value < min || out->value > max)
		return bad_number(program, word, what, min, max);
	return 0;
}

/* A number that is written, or `+N` and `-N` for a difference to what was read last. */
static int read_delta(struct gts_program *program, const struct gts_word *word, struct gts_arg *arg)
{
	struct gts_word number = *word;
	if (word->text[0] == '+') {
		number.text++;
		number.col++;
		arg->is_relative = true;
		return gts_read_number(program, &number, "a number", 0, GTS_ITEM_MAX, &arg->number);
	}
	arg->is_relative = word->text[0] == '-';
	return gts_read_number(program, word, "a number", -GTS_ITEM_MAX, GTS_ITEM_MAX,
	                       &arg->number);
}

/* ---- Names ---- */

static int find_body(struct gts_program *program, const struct gts_word *word, size_t *index)
{
	*index = 0;
	for (const struct gts_body *b = program->bodies; b; b = b->next, ++*index)
		if (strcmp(b->name, word->text) == 0)
			return 0;
	return gts_expected_not(program, word, "the name of a def");
}

/* Handles are made by naming them. */
static int find_handle(struct gts_program *program, const struct gts_word *word, size_t *index)
{
	struct gts_handle **at = &program->handles;
	*index = 0;
	if (strlen(word->text) > GTS_NAME_MAX)
		return gts_expected_not(program, word, "a name of at most 64 bytes");
	for (; *at; at = &(*at)->next, ++*index)
		if (strcmp((*at)->name, word->text) == 0)
			return 0;
	if (program->n_handles == GTS_NAMES_MAX)
		return gts_expected_not(program, word, "at most 10000 handles");
	*at = gts_arena_take(&program->arena, sizeof **at);
	if (!*at)
		return gts_no_memory(program);
	(*at)->name = word->text;
	program->n_handles++;
	return 0;
}

/* The kinds that a letter of ops.def takes: a bit each, and their name in messages. */
static unsigned kinds_of(char letter, const char **what)
{
#define BIT(kind) (1u << GTS_KIND_##kind)
	switch (letter) {
	case 'L':
		*what = "a lock, semaphore or condition";
		return BIT(LOCK) | BIT(SEM) | BIT(BSEM) | BIT(COND);
	case 'E':
		*what = "an event";
		return BIT(EVENT);
	case 'C':
		*what = "a condition";
		return BIT(COND);
	case 'Q':
		*what = "a queue";
		return BIT(QUEUE) | BIT(LIFO) | BIT(PRIO);
	case 'B':
		*what = "a barrier";
		return BIT(BARRIER);
	case 'F':
		*what = "a future";
		return BIT(FUTURE);
	default:
		*what = "a variable";
		return BIT(VAR);
	}
#undef BIT
}

static int find_object(struct gts_program *program, const struct gts_word *word, char letter,
                       size_t *index)
{
	const char *what;
	char expected[120];
	unsigned kinds = kinds_of(letter, &what);
	*index = 0;
	for (const struct gts_object *o = program->objects; o; o = o->next, ++*index) {
		if (strcmp(o->name, word->text) != 0)
			continue;
		if (kinds >> o->kind & 1)
			return 0;
		snprintf(expected, sizeof expected, "%s, not the %s that line %d declares", what,
		         gts_kind_text(o->kind), o->word.line);
		return gts_expected_not(program, word, expected);
	}
	snprintf(expected, sizeof expected, "the name of %s", what);
	return gts_expected_not(program, word, expected);
}

/* ---- Operations ---- */

static const char *name_of(char letter)
{
	const char *what;
	switch (letter) {
	case 'm':
		return "a time in ms";
	case 'l':
		return "a time in ms or '-'";
	case 'c':
	case 'i':
	case 't':
		return "a number";
	case 'd':
		return "a number or a difference like +1";
	case 'h':
	case 'H':
		return "the name of a handle";
	case 'b':
		return "the name of a def";
	case 'w':
	case 'W':
		return "a word";
	default:
		(void)kinds_of(letter, &what);
		return what;
	}
}

static int read_arg(struct gts_program *program, const struct gts_word *word, char letter,
                    struct gts_arg *arg)
{
	switch (letter) {
	case 'l':
		arg->number.value = -1;
		if (strcmp(word->text, "-") == 0)
			return 0;
		return gts_read_number(program, word, "a time in ms or '-',", 0, GTS_TIME_MAX_MS,
		                       &arg->number);
	case 'm':
		return gts_read_number(program, word, "a time in ms", 0, GTS_TIME_MAX_MS,
		                       &arg->number);
	case 'c':
	case 't':
		return gts_read_number(program, word, "a number", 0, GTS_COUNT_MAX, &arg->number);
	case 'i':
		return gts_read_number(program, word, "a number", -GTS_ITEM_MAX, GTS_ITEM_MAX,
		                       &arg->number);
	case 'd':
		return read_delta(program, word, arg);
	case 'h':
	case 'H':
		return find_handle(program, word, &arg->index);
	case 'b':
		return find_body(program, word, &arg->index);
	case 'w':
		return 0;
	case 'W':
		if (word->text[0] == '$')
			(void)use_param(program, word, -GTS_ITEM_MAX, GTS_ITEM_MAX, &arg->number);
		return 0;
	default:
		return find_object(program, word, letter, &arg->index);
	}
}

static int read_args(struct gts_program *program, const struct gts_node *node)
{
	const char *letters = node->op->args;
	const struct gts_word *last = &node->words[node->n_words - 1];
	size_t i = 0;
	for (; i < node->n_args; i++) {
		if (!*letters)
			return gts_expected_not(program, &node->words[i + 1],
			                        node->op->has_block ? "'{'"
			                                            : "the end of the line");
		if (read_arg(program, &node->words[i + 1], *letters, &node->args[i]) != 0)
			return -1;
		bool repeats = *letters == 'H' || *letters == 'W';
		letters += !repeats;
	}
	bool has_enough = !*letters || *letters == 'W' || *letters == 'H';
	if (!has_enough)
		return gts_expected(program, last->line, last->col + (int)strlen(last->text),
		                    name_of(*letters),
		                    node->op->has_block ? "'{'" : "the end of the line");
	return 0;
}

static int check_block(struct gts_program *program, const struct gts_node *first)
{
	for (const struct gts_node *node = first; node; node = node->next)
		if (read_args(program, node) != 0 || check_block(program, node->inner) != 0 ||
		    check_block(program, node->handler) != 0 ||
		    check_block(program, node->finally_) != 0)
			return -1;
	return 0;
}

/* ---- Declarations ---- */

static const struct {
	const char *number;
	int64_t min;
} numbers[] = {
#define GTS_KIND(id, word, number, min, text) {number, min},
#include "scenarios/gts/kinds.def"
#undef GTS_KIND
};

static int check_object(struct gts_program *program, struct gts_object *object)
{
	const char *what = numbers[object->kind].number;
	int64_t min = numbers[object->kind].min;
	char expected[60];
	if (!*what && object->number_word.text)
		return gts_expected_not(program, &object->number_word, "the end of the line");
	if (!object->number_word.text && min > 0) {
		snprintf(expected, sizeof expected, "the number of %s", what);
		return gts_expected(program, object->word.line,
		                    object->word.col + (int)strlen(object->word.text), expected,
		                    "the end of the line");
	}
	if (!object->number_word.text)
		return 0;
	return gts_read_number(program, &object->number_word, what, min, GTS_COUNT_MAX,
	                       &object->number);
}

/* The default of a parameter has to be what its uses take. */
static int check_params(struct gts_program *program)
{
	for (size_t i = 0; i < program->n_params; i++) {
		const struct scn_param *param = &program->params[i];
		if (param->value < param->min || param->value > param->max)
			return bad_number(program, &program->param_words[i], "a default",
			                  param->min, param->max);
	}
	return 0;
}

int gts_check(struct gts_program *program)
{
	const struct gts_word main_handle = {.text = "main"};
	for (struct gts_object *o = program->objects; o; o = o->next)
		if (check_object(program, o) != 0)
			return -1;
	for (const struct gts_body *b = program->bodies; b; b = b->next)
		if (check_block(program, b->first) != 0)
			return -1;
	if (find_body(program, &program->main_word, &program->main) != 0 ||
	    find_handle(program, &main_handle, &program->main_handle) != 0)
		return -1;
	return check_params(program);
}
