/* A prediction on the screen. The question stands at the top, where heads do not hide it; the options with the votes below it,
 * then the timeline.
 */
#include "viz/classroom/predict_private.h"

#include <stdio.h>
#include <string.h>

#include "viz/canvas/lay.h"
#include "viz/canvas/glyph.h"
#include "viz/input/hints.h"
#include "viz/text/utf8.h"

enum { TIMELINE_MIN_ROWS = 10, LINE_BYTES = 1200, VOTE_COLS = 14, NAME_COLS = 11 };

static const struct viz_question *question_of(const struct viz_predict *predict)
{
	return &predict->quiz.questions[predict->at];
}

static void paint_head(const struct viz_predict *predict, struct viz_grid *grid, int row)
{
	const struct viz_question *question = question_of(predict);
	char line[200];
	struct viz_text text = viz_text_begin(line, sizeof line);
	viz_text_add(&text, "predict %zu of %zu", predict->at + 1, predict->quiz.n);
	if (question->scenario != NULL)
		viz_text_add(&text, " · %s", question->scenario->name);
	if (predict->stage == VIZ_PREDICT_RUN)
		viz_text_add(&text, " · on its way to the question");
	viz_grid_text(grid, row, 1, grid->cols - 2, VIZ_STYLE_DIM, line);
	snprintf(line, sizeof line, "%zu right", viz_quiz_score(&predict->quiz));
	int cols = viz_utf8_cols(line);
	viz_grid_text(grid, row, grid->cols - 1 - cols, cols, VIZ_STYLE_DIM, line);
}

/* A bar of counted hands, as long as its share of the round. */
static void paint_votes(const struct viz_question *question, struct viz_grid *grid, int row,
                        int col, int round, size_t option)
{
	unsigned most = 1, count = question->votes[round][option];
	char number[16];
	if (!question->has_votes[round])
		return;
	for (size_t i = 0; i < SCN_OPTIONS_MAX; i++)
		most = question->votes[round][i] > most ? question->votes[round][i] : most;
	int cols = (int)((uint64_t)count * 8 / most);
	for (int i = 0; i < cols; i++)
		viz_grid_put(grid, row, col + i, 0x2588,
		             round == 0 ? VIZ_STYLE_DIM : VIZ_STYLE_LEVEL);
	snprintf(number, sizeof number, "%u", count);
	viz_grid_text(grid, row, col + cols + (cols > 0), VOTE_COLS - cols, VIZ_STYLE_DIM, number);
}

static const char *right_sign(const struct viz_predict *predict, bool is_right)
{
	return is_right ? predict->ascii ? "*" : "✓" : predict->ascii ? "x" : "✗";
}

/* What stands before an option: its number, and its place in an order, or how it turned out. */
static void mark_option(const struct viz_predict *predict, size_t i, char *mark, size_t mark_bytes)
{
	const struct viz_question *question = question_of(predict);
	bool is_known = predict->stage == VIZ_PREDICT_REVEAL;
	bool is_choice = question->point->kind == SCN_CHOICE;
	const char *sign = " ";
	char place[8] = "";
	if (is_known && is_choice && i == question->answer.right)
		sign = right_sign(predict, true);
	else if (is_known && is_choice && (int)i == question->choice)
		sign = right_sign(predict, false);
	else if (predict->stage == VIZ_PREDICT_ASK && (int)i == predict->cursor)
		sign = predict->ascii ? ">" : "▸";
	for (size_t k = 0; k < question->n_order; k++)
		if (question->order[k] == i)
			snprintf(place, sizeof place, "%zu.", k + 1);
	snprintf(mark, mark_bytes, "%s %zu %-3s", sign, i + 1, place);
}

static int paint_options(const struct viz_predict *predict, struct viz_grid *grid, int row,
                         int rows)
{
	const struct viz_question *question = question_of(predict);
	size_t n = scn_point_n_options(question->point);
	bool has_votes = question->has_votes[0] || question->has_votes[1];
	int votes_col = grid->cols - 1 - 2 * VOTE_COLS;
	int cols = (has_votes ? votes_col : grid->cols) - 2;
	int used = 0;
	if (predict->stage == VIZ_PREDICT_REVEAL && question->point->kind == SCN_ORDER)
		return 0; /* both orders are told in words, and the picture wants the rows */
	for (size_t i = 0; i < n && used < rows; i++, used++) {
		char mark[40], option[VIZ_ASK_BYTES];
		bool is_here = predict->stage == VIZ_PREDICT_ASK && (int)i == predict->cursor;
		bool is_right = predict->stage == VIZ_PREDICT_REVEAL &&
		                question->point->kind == SCN_CHOICE && i == question->answer.right;
		mark_option(predict, i, mark, sizeof mark);
		int col = 1 + viz_grid_text(grid, row + used, 1, cols,
		                            is_right ? VIZ_STYLE_TITLE : VIZ_STYLE_PLAIN, mark);
		viz_grid_text(grid, row + used, col, cols - col,
		              is_here    ? VIZ_STYLE_SELECTED
		              : is_right ? VIZ_STYLE_TITLE
		                         : VIZ_STYLE_PLAIN,
		              viz_question_option(question, i, option, sizeof option));
		for (int round = 0; round < VIZ_VOTE_ROUNDS; round++)
			paint_votes(question, grid, row + used, votes_col + round * VOTE_COLS,
			            round, i);
	}
	return used;
}

/* The cells under the brush, or both rows of them once it is known. */
static int paint_cells(const struct viz_predict *predict, struct viz_grid *grid, int row, int rows)
{
	const struct viz_question *question = question_of(predict);
	char line[200];
	size_t n = strlen(question->answer.cells), done = strlen(question->cells);
	if (question->point->kind != SCN_PAINT || rows < 1 || predict->stage == VIZ_PREDICT_REVEAL)
		return 0;
	snprintf(line, sizeof line, "[%s%.*s]   # runs  ! blocks  r ready  . waits\n%s",
	         question->cells, (int)(n - done),
	         "________________________________________________",
	         "x cancelled  E error  | done  blank: not there");
	return viz_lay_text(grid, row, 3, rows, grid->cols - 4, VIZ_STYLE_TITLE, line);
}

typedef void add_words(const struct viz_question *question, struct viz_text *text);

static int paint_said(const struct viz_predict *predict, struct viz_grid *grid, int row, int rows,
                      const char *name, add_words *words, enum viz_style style)
{
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	line[0] = '\0';
	words(question_of(predict), &text);
	if (rows < 1)
		return 0;
	viz_grid_text(grid, row, 1, NAME_COLS, VIZ_STYLE_DIM, name);
	int used = viz_lay_text(grid, row, 1 + NAME_COLS, rows, grid->cols - NAME_COLS - 2, style,
	                        line);
	return used > 0 ? used : 1;
}

/* What was predicted at this moment before, now that the picture says how it was; a row each, as far as there is room. */
static int paint_earlier(const struct viz_predict *predict, struct viz_grid *grid, int row,
                         int rows)
{
	int used = 0;
	for (size_t i = 0; i < predict->at && used < rows; i++) {
		const struct viz_question *earlier = &predict->quiz.questions[i];
		char line[LINE_BYTES];
		struct viz_text text = viz_text_begin(line, sizeof line);
		bool is_right = viz_question_is_right(earlier);
		if (!earlier->is_answered || !viz_predict_is_same_moment(predict, i, predict->at))
			continue;
		viz_text_add(&text, "%s ", right_sign(predict, is_right));
		viz_question_add_predicted(earlier, &text);
		if (!is_right) {
			viz_text_add(&text, "; it was: ");
			viz_question_add_happened(earlier, &text);
		}
		viz_grid_text(grid, row + used, 1, NAME_COLS, VIZ_STYLE_DIM, "before it");
		viz_grid_text(grid, row + used, 1 + NAME_COLS, grid->cols - NAME_COLS - 2,
		              is_right ? VIZ_STYLE_TITLE : VIZ_STYLE_PLAIN, line);
		used++;
	}
	return used;
}

/* What the picture has to do with it: nothing yet, or more than the last answer. */
static int paint_picture(const struct viz_predict *predict, struct viz_grid *grid, int row,
                         int rows)
{
	if (!viz_predict_is_withheld(predict))
		return paint_earlier(predict, grid, row, rows - TIMELINE_MIN_ROWS);
	if (rows < 1)
		return 0;
	viz_grid_text(grid, row, 1, NAME_COLS, VIZ_STYLE_DIM, "picture");
	return viz_lay_text(grid, row, 1 + NAME_COLS, rows, grid->cols - NAME_COLS - 2,
	                    VIZ_STYLE_KEY, VIZ_PREDICT_WITHHELD VIZ_PREDICT_SHOW);
}

static int paint_reveal(const struct viz_predict *predict, struct viz_grid *grid, int row, int rows)
{
	bool is_right = viz_question_is_right(question_of(predict));
	int used = 0;
	if (predict->stage != VIZ_PREDICT_REVEAL)
		return 0;
	used += paint_said(predict, grid, row, rows, "predicted", viz_question_add_predicted,
	                   is_right ? VIZ_STYLE_TITLE : VIZ_STYLE_PLAIN);
	used += paint_said(predict, grid, row + used, rows - used, "happened",
	                   viz_question_add_happened, VIZ_STYLE_TITLE);
	used += paint_said(predict, grid, row + used, rows - used, "because",
	                   viz_question_add_because, VIZ_STYLE_PLAIN);
	return used + paint_picture(predict, grid, row + used, rows - used);
}

/* The votes that are typed. */
static int paint_typed(const struct viz_predict *predict, struct viz_grid *grid, int row, int rows)
{
	char label[80];
	bool is_wide = grid->cols >= 78;
	if (rows < 1 || predict->stage != VIZ_PREDICT_VOTE)
		return 0;
	snprintf(label, sizeof label, "votes %s%s: ", predict->round == 0 ? "before" : "after",
	         is_wide ? " the discussion, a number for each option" : "");
	int col = 1 + viz_grid_text(grid, row, 1, grid->cols - 2, VIZ_STYLE_KEY, label);
	viz_prompt_paint_text(&predict->votes, grid, row, col, grid->cols - 1 - col);
	return 1;
}

static int paint_notice(const struct viz_predict *predict, struct viz_grid *grid, int row, int rows)
{
	return viz_lay_text(grid, row, 1, rows, grid->cols - 2, VIZ_STYLE_ALERT, predict->notice);
}

/* The question, the options, what came of it. Returns the rows used. */
static int paint_question(const struct viz_predict *predict, struct viz_grid *grid, int rows)
{
	int row = 1;
	char ask[VIZ_ASK_BYTES];
	paint_head(predict, grid, 0);
	if (predict->stage == VIZ_PREDICT_RUN)
		return row;
	row += viz_lay_text(grid, row, 1, rows - row, grid->cols - 2, VIZ_STYLE_QUESTION,
	                    viz_question_ask(question_of(predict), ask, sizeof ask));
	row += paint_options(predict, grid, row, rows - row);
	row += paint_cells(predict, grid, row, rows - row);
	row += paint_typed(predict, grid, row, rows - row);
	row += paint_notice(predict, grid, row, rows - row);
	row += paint_reveal(predict, grid, row, rows - row);
	return row;
}

/* A question that was answered wrongly, or not at all, and what happened. Returns the rows used. */
static int paint_missed(const struct viz_question *question, struct viz_grid *grid, int row)
{
	char ask[VIZ_ASK_BYTES], line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	int cols = grid->cols - 4, last = grid->rows - 1;
	viz_grid_text(grid, row, 2, cols, question->is_answered ? VIZ_STYLE_PLAIN : VIZ_STYLE_DIM,
	              viz_question_ask(question, ask, sizeof ask));
	if (!question->is_answered || row + 1 >= last)
		return 1;
	viz_question_add_predicted(question, &text);
	viz_text_add(&text, "; it was: ");
	viz_question_add_happened(question, &text);
	return 1 + viz_lay_text(grid, row + 1, 4, last - row - 1, cols - 2, VIZ_STYLE_DIM, line);
}

static void paint_score(const struct viz_predict *predict, struct viz_grid *grid)
{
	char line[200];
	size_t n = 0;
	for (size_t i = 0; i < predict->quiz.n; i++)
		n += predict->quiz.questions[i].is_answered;
	snprintf(line, sizeof line, "%zu of %zu right", viz_quiz_score(&predict->quiz),
	         predict->quiz.n);
	viz_grid_text(grid, 1, 2, grid->cols - 4, VIZ_STYLE_TITLE, line);
	if (n < predict->quiz.n) {
		snprintf(line, sizeof line, "%zu not answered", predict->quiz.n - n);
		viz_grid_text(grid, 2, 2, grid->cols - 4, VIZ_STYLE_DIM, line);
	}
	int row = 4;
	for (size_t i = 0; i < predict->quiz.n && row < grid->rows - 1; i++)
		if (!viz_question_is_right(&predict->quiz.questions[i]))
			row += paint_missed(&predict->quiz.questions[i], grid, row);
}

static void paint_timeline(struct viz_predict *predict, struct viz_grid *grid, int row, int rows)
{
	if (rows >= TIMELINE_MIN_ROWS)
		viz_session_paint_rows(predict->session, grid, row, rows);
}

void viz_predict_paint(struct viz_predict *predict, struct viz_grid *grid)
{
	viz_grid_clear(grid);
	if (predict->stage == VIZ_PREDICT_SCORE) {
		paint_score(predict, grid);
	} else {
		int used = paint_question(predict, grid, grid->rows - 1);
		paint_timeline(predict, grid, used, grid->rows - 1 - used);
	}
	viz_hints_paint(grid, VIZ_IN_PREDICT);
	if (predict->ascii)
		viz_glyph_fold_ascii(grid);
}
