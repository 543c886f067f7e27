/* Lines of words to declarations and blocks: recursive descent, a line at a time. What the words mean is gts_check's affair, because a
 * body may be named before it stands there.
 */
#include "scenarios/gts/program.h"

#include <string.h>

struct parser {
	struct gts_program *program;
	struct gts_lexer lexer;
	struct gts_body *body; /* that is being read */
	unsigned depth;        /* blocks around */
	unsigned n_tries;      /* of them, tries */
	unsigned n_handlers;   /* of them, except */
};

static int parse_block(struct parser *p, struct gts_node **first, struct gts_line *closing);

static int expected_end(struct parser *p, const struct gts_line *line, size_t n)
{
	if (line->n <= n)
		return 0;
	return gts_expected_not(p->program, &line->words[n], "the end of the line");
}

static int expected_more(struct parser *p, const struct gts_line *line, const char *what)
{
	return gts_expected(p->program, line->number, line->end_col, what, "the end of the line");
}

static int need_word(struct parser *p, const struct gts_line *line, size_t index, const char *what)
{
	return index < line->n ? 0 : expected_more(p, line, what);
}

static bool is(const struct gts_word *word, const char *text)
{
	return strcmp(word->text, text) == 0;
}

static int need_brace(struct parser *p, const struct gts_line *line, size_t index)
{
	if (need_word(p, line, index, "'{'") != 0)
		return -1;
	if (!is(&line->words[index], "{"))
		return gts_expected_not(p->program, &line->words[index], "'{'");
	return expected_end(p, line, index + 1);
}

static int need_name(struct parser *p, const struct gts_line *line, size_t index, const char *what)
{
	if (need_word(p, line, index, what) != 0)
		return -1;
	const struct gts_word *word = &line->words[index];
	size_t bytes = strlen(word->text);
	if (bytes == 0 || is(word, "{") || is(word, "}") || word->text[0] == '$')
		return gts_expected_not(p->program, word, what);
	if (bytes > GTS_NAME_MAX)
		return gts_expected_not(p->program, word, "a name of at most 64 bytes");
	return 0;
}

/* ---- Blocks ---- */

static int except_kind(struct parser *p, const struct gts_line *line, enum gts_except *kind)
{
	static const char *const names[] = {"cancelled", "timeout", "error", "any"};
	static const char what[] = "cancelled, timeout, error or any";
	if (need_word(p, line, 2, what) != 0)
		return -1;
	for (unsigned i = 0; i < 4; i++)
		if (is(&line->words[2], names[i])) {
			*kind = (enum gts_except)i;
			return 0;
		}
	return gts_expected_not(p->program, &line->words[2], what);
}

static int parse_except(struct parser *p, struct gts_node *node, struct gts_line *line)
{
	if (node->has_handler)
		return gts_expected_not(p->program, &line->words[1], "one except at most");
	node->has_handler = true;
	if (except_kind(p, line, &node->except) != 0 || need_brace(p, line, 3) != 0)
		return -1;
	p->n_handlers++;
	int rc = parse_block(p, &node->handler, line);
	p->n_handlers--;
	return rc;
}

static int parse_finally(struct parser *p, struct gts_node *node, struct gts_line *line)
{
	if (node->has_finally)
		return gts_expected_not(p->program, &line->words[1], "one finally at most");
	node->has_finally = true;
	if (need_brace(p, line, 2) != 0)
		return -1;
	return parse_block(p, &node->finally_, line);
}

/* What stands behind the closing brace of a try: more parts of it, or nothing. */
static int parse_tails(struct parser *p, struct gts_node *node, struct gts_line *closing)
{
	while (closing->n > 1) {
		int rc;
		if (is(&closing->words[1], "except"))
			rc = parse_except(p, node, closing);
		else if (is(&closing->words[1], "finally"))
			rc = parse_finally(p, node, closing);
		else
			rc = gts_expected_not(p->program, &closing->words[1],
			                      "except, finally or the end of the line");
		if (rc != 0)
			return rc;
	}
	return 0;
}

static int parse_inner(struct parser *p, struct gts_node *node)
{
	struct gts_line closing;
	bool is_try = node->op->id == GTS_OP_TRY;
	p->n_tries += is_try;
	if (p->n_tries > p->body->n_tries)
		p->body->n_tries = p->n_tries;
	int rc = parse_block(p, &node->inner, &closing);
	if (rc == 0)
		rc = is_try ? parse_tails(p, node, &closing) : expected_end(p, &closing, 1);
	p->n_tries -= is_try;
	return rc;
}

/* Copy the words of a line into the node, without the brace at its end. */
static int keep_words(struct parser *p, struct gts_node *node, const struct gts_line *line)
{
	struct gts_arena *arena = &p->program->arena;
	node->n_words = line->n - node->op->has_block;
	node->n_args = node->n_words - 1;
	struct gts_word *words = gts_arena_take(arena, node->n_words * sizeof *words);
	node->args = gts_arena_take(arena, (node->n_args + 1) * sizeof *node->args);
	if (!words || !node->args)
		return gts_no_memory(p->program);
	memcpy(words, line->words, node->n_words * sizeof *words);
	node->words = words;
	return 0;
}

static int check_brace(struct parser *p, const struct gts_op *op, const struct gts_line *line)
{
	const struct gts_word *last = &line->words[line->n - 1];
	if (op->has_block && !is(last, "{"))
		return expected_more(p, line, "'{'");
	if (!op->has_block && line->n > 1 && is(last, "{"))
		return gts_expected_not(p->program, last, "the end of the line");
	return 0;
}

static int check_place(struct parser *p, const struct gts_op *op, const struct gts_word *word)
{
	if (op->id == GTS_OP_RETURN && p->depth > 1)
		return gts_expected_not(p->program, word,
		                        "an operation that may stand inside a block");
	if (op->id == GTS_OP_RERAISE && !p->n_handlers)
		return gts_expected_not(p->program, word,
		                        "an operation that may stand outside of except");
	return 0;
}

static int parse_node(struct parser *p, const struct gts_line *line, struct gts_node **out)
{
	const struct gts_op *op = gts_op_find(line->words[0].text);
	if (!op)
		return gts_expected_not(p->program, &line->words[0], "an operation");
	if (check_brace(p, op, line) != 0 || check_place(p, op, &line->words[0]) != 0)
		return -1;
	struct gts_node *node = gts_arena_take(&p->program->arena, sizeof *node);
	if (!node)
		return gts_no_memory(p->program);
	node->op = op;
	if (keep_words(p, node, line) != 0 || (op->has_block && parse_inner(p, node) != 0))
		return -1;
	*out = node;
	return 0;
}

/* Read operations up to the line that begins with the closing brace. */
static int parse_block(struct parser *p, struct gts_node **first, struct gts_line *closing)
{
	struct gts_node **end = first;
	int opened = p->lexer.line;
	if (++p->depth > GTS_DEPTH_MAX)
		return gts_expected(p->program, opened, 1, "at most 64 blocks in each other",
		                    "more");
	for (;;) {
		int rc = gts_lexer_next(&p->lexer, closing);
		if (rc < 0)
			return -1;
		if (rc == 0)
			return gts_expected(p->program, closing->number, 1, "'}'",
			                    "the end of the program");
		if (is(&closing->words[0], "}")) {
			p->depth--;
			return 0;
		}
		if (parse_node(p, closing, end) != 0)
			return -1;
		end = &(*end)->next;
	}
}

/* ---- Declarations ---- */

static int parse_def(struct parser *p, const struct gts_line *line)
{
	struct gts_program *program = p->program;
	struct gts_line closing;
	if (need_name(p, line, 1, "the name of a body") != 0 || need_brace(p, line, 2) != 0)
		return -1;
	for (struct gts_body *b = program->bodies; b; b = b->next)
		if (strcmp(b->name, line->words[1].text) == 0)
			return gts_expected_not(program, &line->words[1], "a body of another name");
	if (program->n_bodies == GTS_NAMES_MAX)
		return gts_expected_not(program, &line->words[1], "at most 10000 bodies");
	struct gts_body *body = gts_arena_take(&program->arena, sizeof *body);
	if (!body)
		return gts_no_memory(program);
	body->word = line->words[1];
	body->name = body->word.text;
	*program->bodies_end = body;
	program->bodies_end = &body->next;
	program->n_bodies++;
	p->body = body;
	if (parse_block(p, &body->first, &closing) != 0)
		return -1;
	return expected_end(p, &closing, 1);
}

static int parse_run(struct parser *p, const struct gts_line *line)
{
	if (need_name(p, line, 1, "the name of a body") != 0)
		return -1;
	if (p->program->main_word.text)
		return gts_expected_not(p->program, &line->words[0], "one 'run' at most");
	p->program->main_word = line->words[1];
	return expected_end(p, line, 2);
}

static int parse_param(struct parser *p, const struct gts_line *line)
{
	struct gts_program *program = p->program;
	struct gts_number number;
	if (need_name(p, line, 1, "the name of a parameter") != 0 ||
	    need_word(p, line, 2, "the parameter's default") != 0)
		return -1;
	for (size_t i = 0; i < program->n_params; i++)
		if (is(&line->words[1], program->params[i].name))
			return gts_expected_not(program, &line->words[1],
			                        "a parameter of another name");
	if (program->n_params == SCN_PARAMS_MAX)
		return gts_expected_not(program, &line->words[1], "at most 16 parameters");
	if (line->words[2].text[0] == '$')
		return gts_expected_not(program, &line->words[2], "a number");
	if (gts_read_number(program, &line->words[2], "a number", -GTS_ITEM_MAX, GTS_ITEM_MAX,
	                    &number) != 0)
		return -1;
	program->param_words[program->n_params] = line->words[2];
	program->params[program->n_params++] = (struct scn_param){
	        .name = line->words[1].text,
	        .unit = "",
	        .value = number.value,
	        .min = -GTS_ITEM_MAX,
	        .max = GTS_ITEM_MAX,
	        .text = "a number of the program",
	};
	return expected_end(p, line, 3);
}

static int parse_object(struct parser *p, const struct gts_line *line, enum gts_kind kind)
{
	struct gts_program *program = p->program;
	if (need_name(p, line, 1, "the name of the object") != 0)
		return -1;
	for (struct gts_object *o = program->objects; o; o = o->next)
		if (strcmp(o->name, line->words[1].text) == 0)
			return gts_expected_not(program, &line->words[1],
			                        "an object of another name");
	if (program->n_objects == GTS_NAMES_MAX)
		return gts_expected_not(program, &line->words[1], "at most 10000 objects");
	struct gts_object *object = gts_arena_take(&program->arena, sizeof *object);
	if (!object)
		return gts_no_memory(program);
	object->kind = kind;
	object->word = line->words[1];
	object->name = object->word.text;
	if (line->n > 2)
		object->number_word = line->words[2];
	*program->objects_end = object;
	program->objects_end = &object->next;
	program->n_objects++;
	return expected_end(p, line, 3);
}

/* The words behind the first one, with blanks between them. */
static int parse_text(struct parser *p, const struct gts_line *line, const char **out)
{
	size_t bytes = 0, n = 0;
	for (size_t i = 1; i < line->n; i++)
		bytes += strlen(line->words[i].text) + 1;
	char *text = gts_arena_take(&p->program->arena, bytes + 1);
	if (!text)
		return gts_no_memory(p->program);
	for (size_t i = 1; i < line->n; i++) {
		size_t word_bytes = strlen(line->words[i].text);
		memcpy(text + n, line->words[i].text, word_bytes);
		n += word_bytes;
		text[n++] = i + 1 < line->n ? ' ' : '\0';
	}
	*out = text;
	return 0;
}

static int parse_top(struct parser *p, const struct gts_line *line)
{
	const struct gts_word *first = &line->words[0];
	enum gts_kind kind = gts_kind_find(first->text);
	if (kind != GTS_N_KINDS)
		return parse_object(p, line, kind);
	if (is(first, "def"))
		return parse_def(p, line);
	if (is(first, "run"))
		return parse_run(p, line);
	if (is(first, "param"))
		return parse_param(p, line);
	if (is(first, "title"))
		return parse_text(p, line, &p->program->scenario.title);
	if (is(first, "question"))
		return parse_text(p, line, &p->program->scenario.question);
	return gts_expected_not(p->program, first, "a declaration, def or run");
}

int gts_parse(struct gts_program *program, const char *text)
{
	struct parser p = {.program = program, .lexer = {program, text, 0}};
	struct gts_line line;
	int rc;
	while ((rc = gts_lexer_next(&p.lexer, &line)) > 0)
		if (parse_top(&p, &line) != 0)
			return -1;
	if (rc == 0 && !program->main_word.text)
		return gts_expected(program, line.number, 1, "run and the name of a body",
		                    "the end of the program");
	return rc;
}
