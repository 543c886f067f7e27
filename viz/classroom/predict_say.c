/* A prediction in words: for the class on another screen, and for who listens instead of looking.
 */
#include "viz/classroom/predict_private.h"

#include <string.h>

static const struct viz_question *question_of(const struct viz_predict *predict)
{
	return &predict->quiz.questions[predict->at];
}

static void add_options(struct viz_text *text, const struct viz_question *question)
{
	char words[VIZ_ASK_BYTES];
	viz_text_add(text, "%s", viz_question_ask(question, words, sizeof words));
	for (size_t i = 0; i < scn_point_n_options(question->point); i++)
		viz_text_add(text, "\n  %zu  %s", i + 1,
		             viz_question_option(question, i, words, sizeof words));
}

void viz_predict_say(const struct viz_predict *predict, struct viz_text *text)
{
	const struct viz_question *question = question_of(predict);
	if (predict->stage == VIZ_PREDICT_RUN || predict->stage == VIZ_PREDICT_SCORE)
		return;
	add_options(text, question);
	if (predict->stage != VIZ_PREDICT_REVEAL)
		return;
	viz_text_add(text, "\nhappened: ");
	viz_question_add_happened(question, text);
	viz_text_add(text, "\nbecause: ");
	viz_question_add_reason(question, text);
	if (viz_predict_is_withheld(predict))
		viz_text_add(text, "\nThe picture " VIZ_PREDICT_WITHHELD ".");
}

/* ---- Read aloud ---- */

static const char *how_to_answer(const struct viz_question *question)
{
	switch (question->point->kind) {
	case SCN_ORDER:
		return "Type the numbers in their order, then Enter.";
	case SCN_PAINT:
		return "Type a letter for each cell, then Enter: # runs, ! blocks, r ready, . "
		       "waits, x "
		       "cancelled, E error, | done, a blank where it is not there.";
	default:
		return "Type its number; n skips, v takes votes, q goes back.";
	}
}

static void add_reveal(struct viz_text *text, const struct viz_predict *predict)
{
	const struct viz_question *question = question_of(predict);
	viz_text_add(text,
	             "%s\npredicted: ", viz_question_is_right(question) ? "Right." : "Wrong.");
	viz_question_add_predicted(question, text);
	viz_text_add(text, "\nhappened: ");
	viz_question_add_happened(question, text);
	viz_text_add(text, "\nbecause: ");
	viz_question_add_because(question, text);
	if (viz_predict_is_withheld(predict))
		viz_text_add(text, "\nThe picture " VIZ_PREDICT_WITHHELD VIZ_PREDICT_SHOW ".");
	viz_text_add(text, "\nEnter goes on.");
}

void viz_predict_read(const struct viz_predict *predict, struct viz_text *text)
{
	const struct viz_question *question = question_of(predict);
	switch (predict->stage) {
	case VIZ_PREDICT_RUN:
		viz_text_add(text, "The program is on its way to the question.");
		break;
	case VIZ_PREDICT_REVEAL:
		add_reveal(text, predict);
		break;
	case VIZ_PREDICT_SCORE:
		viz_text_add(text, "%zu of %zu right. Enter goes back to the lesson.",
		             viz_quiz_score(&predict->quiz), predict->quiz.n);
		break;
	default:
		viz_text_add(text, "Question %zu of %zu: ", predict->at + 1, predict->quiz.n);
		add_options(text, question);
		viz_text_add(text, "\n%s", how_to_answer(question));
		break;
	}
}

void viz_predict_read_typed(const struct viz_predict *predict, struct viz_text *text)
{
	const struct viz_question *question = question_of(predict);
	if (predict->stage == VIZ_PREDICT_VOTE)
		viz_text_add(text, "Votes %s the discussion: %s",
		             predict->round == 0 ? "before" : "after", predict->votes.text);
	else if (predict->stage == VIZ_PREDICT_ASK && question->cells[0] != '\0')
		viz_text_add(text, "[%s], %zu of %zu cells", question->cells,
		             strlen(question->cells), strlen(question->answer.cells));
	for (size_t i = 0; predict->stage == VIZ_PREDICT_ASK && i < question->n_order; i++)
		viz_text_add(text, "%s%d", i > 0 ? ", then " : "", question->order[i] + 1);
	if (predict->notice[0] != '\0')
		viz_text_add(text, "%s%s", text->len > 0 ? ". " : "", predict->notice);
}
