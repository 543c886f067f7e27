/* A worksheet as Markdown. Grids are text in a block of code; what is not code is escaped, so that a program's own names cannot
 * become markup. */
#include "viz/classroom/sheet.h"

#include <string.h>

/* `n` bytes of text in a paragraph. What stands between backticks is code, and is left as it is. */
static void put_bytes(FILE *out, const char *text, size_t n)
{
	bool in_code = false;
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '`')
			in_code = !in_code;
		if (!in_code && strchr("\\*[]<>|#", text[i]) != NULL)
			fputc('\\', out);
		fputc(viz_sheet_byte(text[i]), out);
	}
}

static void put_text(FILE *out, const char *text)
{
	put_bytes(out, text, strlen(text));
}

/* Line by line, as the text has them: a backtick that is not closed reaches no further than its line. */
static void put_paragraphs(FILE *out, const char *text)
{
	while (*text != '\0') {
		size_t bytes = strcspn(text, "\n");
		put_bytes(out, text, bytes);
		fputc('\n', out);
		text += bytes;
		text += *text == '\n';
	}
}

static int widest_name(const struct viz_sheet *sheet)
{
	int widest = 8;
	for (size_t i = 0; i < sheet->n_lanes; i++)
		if ((int)strlen(sheet->lanes[i].name) > widest)
			widest = (int)strlen(sheet->lanes[i].name);
	return widest < 24 ? widest : 24;
}

static void put_ruler(FILE *out, const struct viz_sheet *sheet, int name_cols)
{
	char label[24];
	int due = 0; /* columns that the last label reaches over its place */
	fprintf(out, "%-*s ", name_cols, sheet->by_steps ? "step" : "ms");
	for (size_t cell = 0; cell < sheet->n_cells; cell += sheet->per_mark) {
		int cols = (int)sheet->per_mark + 1;
		viz_sheet_mark(sheet, cell, label, sizeof label);
		if (due > 0)
			label[0] = '\0';
		int n = fprintf(out, "%s", label);
		due += n - cols;
		if (due >= 0)
			continue;
		if (cell + sheet->per_mark < sheet->n_cells)
			fprintf(out, "%*s", -due, "");
		due = 0;
	}
	fputc('\n', out);
}

static void put_row(FILE *out, const char *cells, size_t n_cells, size_t per_mark, bool key)
{
	for (size_t i = 0; i < n_cells; i++) {
		if (i > 0 && i % per_mark == 0)
			fputc(' ', out);
		fputc(key && cells[i] != ' ' ? cells[i] : '_', out);
	}
	fputc('\n', out);
}

static void put_legend(FILE *out, const struct viz_sheet *sheet)
{
	char cell[40];
	viz_sheet_cell(sheet, cell, sizeof cell);
	fprintf(out, "A cell is %s. In each, the most important state:", cell);
	for (const struct viz_sheet_letter *row = viz_sheet_letters; row->letter != 0; row++)
		fprintf(out, "%s `%c` %s", row == viz_sheet_letters ? "" : ",", row->letter,
		        row->text);
	fputs("; nothing where the task is not there.\n\n", out);
}

static void put_grid(FILE *out, const struct viz_sheet *sheet)
{
	int name_cols = widest_name(sheet);
	fputs("## The timeline\n\n", out);
	if (sheet->n_cells == 0) {
		fputs("Real sockets and files take as long as they take: there is no timeline to "
		      "fill "
		      "in.\n\n",
		      out);
		return;
	}
	put_legend(out, sheet);
	fputs("```text\n", out);
	put_ruler(out, sheet, name_cols);
	for (size_t i = 0; i < sheet->n_lanes; i++) {
		const struct viz_sheet_lane *lane = &sheet->lanes[i];
		fprintf(out, "%-*.*s ", name_cols, name_cols, lane->name);
		put_row(out, lane->cells, sheet->n_cells, sheet->per_mark, sheet->key);
	}
	fputs("```\n\n", out);
	if (sheet->n_more > 0)
		fprintf(out, "And %zu more lanes.\n\n", sheet->n_more);
	if (sheet->key)
		fprintf(out, "The run %s.\n\n", sheet->end);
}

/* A text of a point, with the parameters of this run. */
static void put_answer(FILE *out, const struct viz_answer *answer, const char *from)
{
	char text[VIZ_ASK_BYTES];
	put_text(out, viz_answer_text(answer, from, text, sizeof text));
}

static void put_choices(FILE *out, const struct viz_sheet *sheet, const struct scn_point *point,
                        const struct viz_answer *answer)
{
	for (size_t i = 0; i < scn_point_n_options(point); i++) {
		const struct scn_option *option = &point->options[i];
		char text[VIZ_ASK_BYTES];
		bool is_right = sheet->key && answer->right == i;
		fprintf(out, "   - ☐ ☐ %s%c. ", is_right ? "**" : "", (char)('a' + i));
		put_text(out, viz_answer_option(answer, point, i, text, sizeof text));
		fputs(is_right ? "** ✔\n" : "\n", out);
		if (sheet->key && !is_right && option->because != NULL) {
			fprintf(out, "     *%s* (%s) ", scn_belief_text(option->belief),
			        scn_belief_name(option->belief));
			put_answer(out, answer, option->because);
			fputc('\n', out);
		}
	}
}

static void put_order(FILE *out, const struct viz_sheet *sheet, const struct scn_point *point,
                      const struct viz_answer *answer)
{
	for (size_t i = 0; i < scn_point_n_options(point); i++) {
		size_t place = 0;
		while (place < answer->n_order && answer->order[place] != i)
			place++;
		fputs("   - ", out);
		if (sheet->key)
			fprintf(out, "**%zu** ", place + 1);
		else
			fputs("\\_\\_\\_ ", out);
		put_answer(out, answer, point->options[i].text);
		fputc('\n', out);
	}
}

static void put_cells(FILE *out, const struct viz_sheet *sheet, const struct scn_point *point,
                      const struct viz_answer *answer)
{
	fprintf(out, "\n   ```text\n   %s  ", point->of);
	put_row(out, answer->cells, strlen(answer->cells), 5, sheet->key);
	fputs("   ```\n", out);
}

static void put_point(FILE *out, const struct viz_sheet *sheet, size_t index)
{
	const struct scn_point *point = sheet->points[index];
	const struct viz_answer *answer = &sheet->answers[index];
	char moment[60];
	fprintf(out, "%zu. ", index + 1);
	if (viz_sheet_moment(sheet, index, moment, sizeof moment)[0] != '\0')
		fprintf(out, "*%s* ", moment);
	put_answer(out, answer, point->ask);
	fputs("\n", out);
	if (point->kind == SCN_CHOICE)
		put_choices(out, sheet, point, answer);
	else if (point->kind == SCN_ORDER)
		put_order(out, sheet, point, answer);
	else
		put_cells(out, sheet, point, answer);
	if (sheet->key) {
		fputs("\n   Because: ", out);
		put_answer(out, answer, point->because);
		fputc('\n', out);
	}
	fputc('\n', out);
}

static void put_program(FILE *out, const struct viz_sheet *sheet)
{
	const char *program = viz_sheet_program(sheet);
	if (program == NULL)
		return;
	fprintf(out, "## The program\n\n```python\n%s", program);
	fputs(program[strlen(program) - 1] == '\n' ? "```\n\n" : "\n```\n\n", out);
	if (sheet->settings[0] != '\0')
		fprintf(out, "It runs with `%s`.\n\n", sheet->settings);
}

static void open_md(FILE *out, const char *title)
{
	(void)out, (void)title;
}

static void write_md(FILE *out, const struct viz_sheet *sheet)
{
	const struct scenario *scenario = sheet->scenario;
	fputs("# ", out);
	put_text(out, scenario->name);
	fputs(": ", out);
	put_text(out, scenario->title);
	fputs(sheet->key ? " (the answers)\n\n" : "\n\n", out);
	fprintf(out, "*Chapter %s.* ", scenario->chapter);
	put_text(out, scenario->question);
	fputs(sheet->key ? "\n\n" : "\n\nName: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n\n", out);
	put_program(out, sheet);
	put_grid(out, sheet);
	if (sheet->n_points > 0)
		fputs("## Questions\n\nTick the first box before you talk to your neighbour, and "
		      "the "
		      "second one after it.\n\n",
		      out);
	for (size_t i = 0; i < sheet->n_points; i++)
		put_point(out, sheet, i);
	if (sheet->key) {
		fputs("## What to look for\n\n", out);
		put_paragraphs(out, scenario->text);
		fputs("\n## For the teacher\n\n", out);
		put_paragraphs(out, scn_notes(scenario));
		fputc('\n', out);
	}
}

static void close_md(FILE *out)
{
	(void)out;
}

const struct viz_sheet_format viz_sheet_md = {"md", open_md, write_md, close_md};
