/* What a wrong answer tells about its owner. An option names its belief. A painting shows one where it has a state that nobody could be in, and an order where it is the one in
 * which things are listed.
 */
#include "viz/classroom/quiz.h"

#include <string.h>

/* What was painted where something else is to be seen. The first difference that stands here decides. */
static const struct {
	char happened, painted;
	enum scn_belief belief;
} rows[] = {
        {'.', '#', SCN_WAITING_WORKS},       {'.', '!', SCN_BLOCKING_IS_WAITING},
        {'!', '.', SCN_BLOCKING_IS_WAITING}, {'r', '#', SCN_PARALLEL},
        {'.', 'x', SCN_CANCEL_IS_NOW},       {' ', '#', SCN_STARTS_AT_ONCE},
        {'r', '.', SCN_SLEEP_IS_EXACT},
};

static enum scn_belief of_painting(const struct viz_question *question)
{
	const char *painted = question->cells, *happened = question->answer.cells;
	for (size_t i = 0; painted[i] != '\0' && happened[i] != '\0'; i++)
		for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
			if (painted[i] == rows[k].painted && happened[i] == rows[k].happened)
				return rows[k].belief;
	return SCN_NO_BELIEF;
}

static enum scn_belief of_order(const struct viz_question *question)
{
	for (size_t i = 0; i < question->n_order; i++)
		if (question->order[i] != i)
			return SCN_NO_BELIEF;
	return SCN_TEXT_ORDER;
}

enum scn_belief viz_question_belief(const struct viz_question *question)
{
	if (!question->is_answered || viz_question_is_right(question) ||
	    !viz_question_is_full(question))
		return SCN_NO_BELIEF;
	if (question->point->kind == SCN_PAINT)
		return of_painting(question);
	if (question->point->kind == SCN_ORDER)
		return of_order(question);
	return question->point->options[question->choice].belief;
}

size_t viz_question_n_right(const struct viz_question *question)
{
	size_t n = 0;
	if (question->point->kind == SCN_ORDER)
		for (size_t i = 0; i < question->n_order; i++)
			n += question->order[i] == question->answer.order[i];
	else
		for (size_t i = 0; question->cells[i] != '\0'; i++)
			n += question->cells[i] == question->answer.cells[i];
	return n;
}
