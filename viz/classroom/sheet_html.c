/* A worksheet as one HTML page for A4: nothing is loaded from elsewhere, no script, and every text is escaped. The grid is a drawing,
 * so that it prints with lines that a pencil can follow; states differ by pattern and letter, not by colour alone. */
#include "viz/classroom/sheet.h"

#include <string.h>

enum { ROW = 22, NAME = 130, WIDTH = 680 };

static void put_bytes(FILE *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		switch (text[i]) {
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '&':
			fputs("&amp;", out);
			break;
		case '"':
			fputs("&quot;", out);
			break;
		default:
			fputc(viz_sheet_byte(text[i]), out);
		}
	}
}

static void put_text(FILE *out, const char *text)
{
	put_bytes(out, text, strlen(text));
}

static void put_element(FILE *out, const char *element, const char *text)
{
	fprintf(out, "<%s>", element);
	put_text(out, text);
	fprintf(out, "</%.*s>\n", (int)strcspn(element, " "), element);
}

/* A text of the course: what stands between two backquotes is code; one alone is itself. */
static void put_marked(FILE *out, const char *text, size_t n)
{
	const char *end = text + n;
	while (text < end) {
		const char *open = memchr(text, '`', (size_t)(end - text));
		const char *close =
		        open != NULL ? memchr(open + 1, '`', (size_t)(end - open - 1)) : NULL;
		put_bytes(out, text, (size_t)((close != NULL ? open : end) - text));
		if (close == NULL)
			return;
		fputs("<code>", out);
		put_bytes(out, open + 1, (size_t)(close - open - 1));
		fputs("</code>", out);
		text = close + 1;
	}
}

static void put_words(FILE *out, const char *text)
{
	put_marked(out, text, strlen(text));
}

/* Paragraphs are parted by empty lines. */
static void put_paragraphs(FILE *out, const char *text)
{
	while (*text != '\0') {
		const char *end = strstr(text, "\n\n");
		size_t bytes = end != NULL ? (size_t)(end - text) : strlen(text);
		fputs("<p>", out);
		put_marked(out, text, bytes);
		fputs("</p>\n", out);
		text += bytes;
		text += strspn(text, "\n");
	}
}

static const char *class_of(char letter)
{
	switch (letter) {
	case '#':
		return "run";
	case '!':
		return "block";
	case 'r':
		return "ready";
	case '.':
		return "wait";
	case 'x':
	case 'E':
	case '|':
		return "end";
	default:
		return NULL;
	}
}

static void put_cell(FILE *out, double x, double y, double cols, char letter, bool is_level)
{
	const char *class = is_level ? NULL : class_of(letter);
	if (class != NULL)
		fprintf(out,
		        "<rect x=\"%.1f\" y=\"%.0f\" width=\"%.1f\" height=\"%d\" class=\"%s\"/>",
		        x, y, cols, ROW, class);
	if (letter == ' ')
		return;
	const char text[] = {letter, '\0'};
	fprintf(out, "<text x=\"%.1f\" y=\"%.0f\" class=\"c\">", x + cols / 2, y + 15);
	put_text(out, text);
	fputs("</text>\n", out);
}

/* One row: its name, its lines, and in the key what is in it. */
static void put_row(FILE *out, const char *name, const char *cells, size_t n, size_t per_mark,
                    double y, bool key, bool is_level)
{
	double cols = (double)(WIDTH - NAME) / (double)n;
	fprintf(out, "<text x=\"%d\" y=\"%.0f\" class=\"n\">", NAME - 6, y + 15);
	put_text(out, name);
	fputs("</text>\n", out);
	for (size_t i = 0; key && i < n; i++)
		put_cell(out, NAME + (double)i * cols, y, cols, cells[i], is_level);
	fprintf(out, "<rect x=\"%d\" y=\"%.0f\" width=\"%d\" height=\"%d\" class=\"f\"/>\n", NAME,
	        y, WIDTH - NAME, ROW);
	for (size_t i = 1; i < n; i++)
		fprintf(out, "<path d=\"M%.1f %.0fv%d\" class=\"%s\"/>", NAME + (double)i * cols, y,
		        ROW, i % per_mark == 0 ? "m" : "t");
	fputc('\n', out);
}

static void open_svg(FILE *out, double height)
{
	fprintf(out, "<svg viewBox=\"0 0 %d %.0f\" role=\"img\">\n", WIDTH + 10, height);
}

static void put_ruler(FILE *out, const struct viz_sheet *sheet)
{
	char label[24];
	double cols = (double)(WIDTH - NAME) / (double)sheet->n_cells;
	fprintf(out, "<text x=\"%d\" y=\"14\" class=\"n\">%s</text>\n", NAME - 6,
	        sheet->by_steps ? "step" : "ms");
	for (size_t cell = 0; cell < sheet->n_cells; cell += sheet->per_mark) {
		viz_sheet_mark(sheet, cell, label, sizeof label);
		fprintf(out, "<text x=\"%.1f\" y=\"14\" class=\"r\">%s</text>\n",
		        NAME + (double)cell * cols, label);
	}
}

static void put_legend(FILE *out, const struct viz_sheet *sheet)
{
	char cell[40];
	viz_sheet_cell(sheet, cell, sizeof cell);
	fprintf(out, "<p>A cell is %s. In each, the most important state:", cell);
	for (const struct viz_sheet_letter *row = viz_sheet_letters; row->letter != 0; row++)
		fprintf(out, "%s <code>%c</code> %s", row == viz_sheet_letters ? "" : ",",
		        row->letter, row->text);
	fputs("; nothing where the task is not there.</p>\n", out);
}

static void put_grid(FILE *out, const struct viz_sheet *sheet)
{
	fputs("<section><h2>The timeline</h2>\n", out);
	if (sheet->n_cells == 0) {
		fputs("<p>Real sockets and files take as long as they take: there is no timeline "
		      "to "
		      "fill in.</p></section>\n",
		      out);
		return;
	}
	put_legend(out, sheet);
	open_svg(out, 20 + (double)sheet->n_lanes * (ROW + 4));
	put_ruler(out, sheet);
	for (size_t i = 0; i < sheet->n_lanes; i++)
		put_row(out, sheet->lanes[i].name, sheet->lanes[i].cells, sheet->n_cells,
		        sheet->per_mark, 20 + (double)i * (ROW + 4), sheet->key,
		        sheet->lanes[i].kind == VIZ_SHEET_LEVEL);
	fputs("</svg>\n", out);
	if (sheet->n_more > 0)
		fprintf(out, "<p>And %zu more lanes.</p>\n", sheet->n_more);
	if (sheet->key)
		fprintf(out, "<p>The run %s.</p>\n", sheet->end);
	fputs("</section>\n", out);
}

/* A text of a point, with the parameters of this run. */
static void put_answer(FILE *out, const struct viz_answer *answer, const char *from)
{
	char text[VIZ_ASK_BYTES];
	put_words(out, viz_answer_text(answer, from, text, sizeof text));
}

static void put_choices(FILE *out, const struct viz_sheet *sheet, const struct scn_point *point,
                        const struct viz_answer *answer)
{
	fputs("<ul class=\"o\">\n", out);
	for (size_t i = 0; i < scn_point_n_options(point); i++) {
		const struct scn_option *option = &point->options[i];
		char text[VIZ_ASK_BYTES];
		bool is_right = sheet->key && answer->right == i;
		fprintf(out, "<li%s>☐ ☐ %c. ", is_right ? " class=\"right\"" : "", (char)('a' + i));
		put_words(out, viz_answer_option(answer, point, i, text, sizeof text));
		if (is_right)
			fputs(" ✔", out);
		if (sheet->key && !is_right && option->because != NULL) {
			fputs("<br><em>", out);
			put_text(out, scn_belief_text(option->belief));
			fputs("</em> ", out);
			put_answer(out, answer, option->because);
		}
		fputs("</li>\n", out);
	}
	fputs("</ul>\n", out);
}

static void put_order(FILE *out, const struct viz_sheet *sheet, const struct scn_point *point,
                      const struct viz_answer *answer)
{
	fputs("<ul class=\"o\">\n", out);
	for (size_t i = 0; i < scn_point_n_options(point); i++) {
		size_t place = 0;
		while (place < answer->n_order && answer->order[place] != i)
			place++;
		fputs("<li><span class=\"box\">", out);
		if (sheet->key)
			fprintf(out, "%zu", place + 1);
		fputs("</span> ", out);
		put_answer(out, answer, point->options[i].text);
		fputs("</li>\n", out);
	}
	fputs("</ul>\n", out);
}

static void put_point(FILE *out, const struct viz_sheet *sheet, size_t index)
{
	const struct scn_point *point = sheet->points[index];
	const struct viz_answer *answer = &sheet->answers[index];
	char moment[60];
	fputs("<li class=\"q\"><b>", out);
	if (viz_sheet_moment(sheet, index, moment, sizeof moment)[0] != '\0')
		fprintf(out, "%s ", moment);
	put_answer(out, answer, point->ask);
	fputs("</b>\n", out);
	if (point->kind == SCN_CHOICE) {
		put_choices(out, sheet, point, answer);
	} else if (point->kind == SCN_ORDER) {
		put_order(out, sheet, point, answer);
	} else {
		open_svg(out, ROW + 4);
		put_row(out, point->of, answer->cells, strlen(answer->cells), 5, 2, sheet->key,
		        false);
		fputs("</svg>\n", out);
	}
	if (sheet->key) {
		fputs("<p class=\"because\">", out);
		put_answer(out, answer, point->because);
		fputs("</p>\n", out);
	}
	fputs("</li>\n", out);
}

static void open_html(FILE *out, const char *title)
{
	fputs("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n", out);
	put_element(out, "title", title);
	fputs("<style>\n"
	      "@page { size: A4; margin: 14mm }\n"
	      "body { font: 10.5pt/1.3 Georgia, serif; max-width: 178mm; margin: auto; color: "
	      "#000; "
	      "background: #fff }\n"
	      "h1 { font-size: 15pt; margin: 0 0 1mm } h2 { font-size: 12pt; margin: 4mm 0 1mm "
	      "}\n"
	      "article { break-after: page } section, .q { break-inside: avoid }\n"
	      "pre, code { font-family: monospace; line-height: 1.15 } pre { font-size: 8pt } code "
	      "{ font-size: 9pt }\n"
	      "pre { border: 1px solid #999; padding: 2mm; white-space: pre-wrap }\n"
	      "p { margin: 1mm 0 2mm } ol { padding-left: 6mm } .q { margin-bottom: 3mm }\n"
	      ".o { list-style: none; padding-left: 0; margin: 1mm 0 }\n"
	      ".box { display: inline-block; width: 6mm; height: 4mm; border: 1px solid #000; "
	      "text-align: center }\n"
	      ".right { font-weight: bold } .because { border-left: 1mm solid #000; padding-left: "
	      "2mm }\n"
	      ".name { float: right }\n"
	      "svg { width: 100%; font-family: monospace; "
	      "-webkit-print-color-adjust: exact; print-color-adjust: exact }\n"
	      ".n { font-size: 11px; text-anchor: end } .r { font-size: 10px }\n"
	      ".c { font-size: 11px; text-anchor: middle }\n"
	      ".f { fill: none; stroke: #000; stroke-width: .8 }\n"
	      ".m { stroke: #000; stroke-width: .8 } .t { stroke: #bbb; stroke-width: .5 }\n"
	      ".run { fill: #56b4e9 } .ready { fill: #f0e442 } .wait { fill: #eee }\n"
	      ".block { fill: #d55e00 } .end { fill: #ccc }\n"
	      "</style>\n</head>\n<body>\n",
	      out);
}

static void write_html(FILE *out, const struct viz_sheet *sheet)
{
	const struct scenario *scenario = sheet->scenario;
	const char *program = viz_sheet_program(sheet);
	fputs("<article>\n<h1>", out);
	if (!sheet->key)
		fputs("<small class=\"name\">Name: ______________</small>", out);
	put_text(out, scenario->name);
	fputs(": ", out);
	put_text(out, scenario->title);
	fputs(sheet->key ? " (the answers)</h1>\n<p><em>Chapter " : "</h1>\n<p><em>Chapter ", out);
	put_text(out, scenario->chapter);
	fputs(".</em> ", out);
	put_words(out, scenario->question);
	fputs("</p>\n", out);
	if (program != NULL) {
		fputs("<h2>The program</h2>\n", out);
		put_element(out, "pre", program);
		if (sheet->settings[0] != '\0')
			fprintf(out, "<p>It runs with <code>%s</code>.</p>\n", sheet->settings);
	}
	put_grid(out, sheet);
	if (sheet->n_points > 0)
		fputs("<h2>Questions</h2>\n<p>Tick the first box before you talk to your "
		      "neighbour, "
		      "and the second one after it.</p>\n<ol>\n",
		      out);
	for (size_t i = 0; i < sheet->n_points; i++)
		put_point(out, sheet, i);
	if (sheet->n_points > 0)
		fputs("</ol>\n", out);
	if (sheet->key) {
		fputs("<h2>What to look for</h2>\n", out);
		put_paragraphs(out, scenario->text);
		fputs("<h2>For the teacher</h2>\n", out);
		put_paragraphs(out, scn_notes(scenario));
	}
	fputs("</article>\n", out);
}

static void close_html(FILE *out)
{
	fputs("</body>\n</html>\n", out);
}

const struct viz_sheet_format viz_sheet_html = {"html", open_html, write_html, close_html};
