/* The quiz as a dialogue of lines, for a terminal that cannot show a screen, for a screen reader and for scripts. */
#include "viz/classroom/quiz_plain.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES 1200

static void print_question(const struct viz_quiz *quiz, size_t at, FILE *out)
{
	const struct viz_question *question = &quiz->questions[at];
	size_t n = scn_point_n_options(question->point);
	char text[VIZ_ASK_BYTES];
	fprintf(out, "%zu of %zu, %s: %s\n", at + 1, quiz->n, question->scenario->name,
	        viz_question_ask(question, text, sizeof text));
	for (size_t i = 0; i < n; i++)
		fprintf(out, "  %zu  %s\n", i + 1,
		        viz_question_option(question, i, text, sizeof text));
	if (question->point->kind == SCN_ORDER)
		fputs("  (the numbers in order, between spaces)\n", out);
	if (question->point->kind == SCN_PAINT)
		fprintf(out,
		        "  (%zu letters, one a cell: # runs, ! blocks, r ready, . waits, x "
		        "cancelled, E error, | done, - not there)\n",
		        strlen(question->answer.cells));
}

static bool take_choice(struct viz_question *question, const char *line)
{
	char *end;
	unsigned long number = strtoul(line, &end, 10);
	if (!isdigit((unsigned char)*line) || *end != '\0' || number < 1 ||
	    number > scn_point_n_options(question->point))
		return false;
	question->choice = (int)number - 1;
	return true;
}

static bool take_order(struct viz_question *question, const char *line)
{
	bool has[SCN_OPTIONS_MAX] = {false};
	size_t n = 0;
	for (; *line != '\0'; line++) {
		int option = *line - '1';
		if (*line == ' ' || *line == ',')
			continue;
		if (option < 0 || option >= (int)question->answer.n_order || has[option])
			return false;
		has[option] = true;
		question->order[n++] = (uint8_t)option;
	}
	question->n_order = n;
	return n == question->answer.n_order;
}

static bool take_cells(struct viz_question *question, const char *line)
{
	size_t n = strlen(question->answer.cells);
	if (strlen(line) != n || strspn(line, "#!r.xE|- ") != n)
		return false;
	for (size_t i = 0; i < n; i++)
		question->cells[i] = line[i] == '-' ? ' ' : line[i];
	question->cells[n] = '\0';
	return true;
}

static bool take(struct viz_question *question, const char *line)
{
	if (question->point->kind == SCN_ORDER)
		return take_order(question, line);
	if (question->point->kind == SCN_PAINT)
		return take_cells(question, line);
	return take_choice(question, line);
}

typedef void add_words(const struct viz_question *question, struct viz_text *text);

static void print_words(const char *name, const struct viz_question *question, add_words *words,
                        FILE *out)
{
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	line[0] = '\0';
	words(question, &text);
	fprintf(out, "  %-10s %s\n", name, line);
}

static void print_reveal(const struct viz_question *question, FILE *out)
{
	fputs(viz_question_is_right(question) ? "  right\n" : "  wrong\n", out);
	print_words("predicted", question, viz_question_add_predicted, out);
	print_words("happened", question, viz_question_add_happened, out);
	print_words("because", question, viz_question_add_because, out);
	fputc('\n', out);
}

/* Read a line without its end; what does not fit is dropped. Returns false at the end of `in`. */
static bool read_line(char *line, size_t line_bytes, FILE *in)
{
	if (fgets(line, (int)line_bytes, in) == NULL)
		return false;
	size_t n = strcspn(line, "\r\n");
	if (line[n] == '\0')
		for (int ch = fgetc(in); ch != EOF && ch != '\n';)
			ch = fgetc(in);
	line[n] = '\0';
	return true;
}

void viz_quiz_ask(struct viz_quiz *quiz, FILE *in, FILE *out)
{
	char line[200];
	for (size_t at = 0; at < quiz->n; at++) {
		struct viz_question *question = &quiz->questions[at];
		print_question(quiz, at, out);
		for (;;) {
			fputs("> ", out);
			fflush(out);
			if (!read_line(line, sizeof line, in)) {
				fputc('\n', out);
				return;
			}
			if (line[0] == '\0' || take(question, line))
				break;
			fputs("  that is no answer to this question; an empty line skips it\n",
			      out);
		}
		question->is_answered = line[0] != '\0';
		print_reveal(question, out);
	}
}
