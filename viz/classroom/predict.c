/* The life of a prediction and its keys. Painting is in predict_paint.c.
 *
 * The playhead stands at the question's moment and the window is laid out from that moment alone, so that neither the bars nor
 * the axis tell how it goes on.
 */
#include "viz/classroom/predict_private.h"

#include <string.h>

#include "viz/run/follow.h"

static struct viz_question *question_of(struct viz_predict *predict)
{
	return &predict->quiz.questions[predict->at];
}

/* ---- The timeline ---- */

static void put_session(struct viz_predict *predict, struct trace_model *model)
{
	if (predict->has_own)
		viz_session_fini(&predict->own);
	viz_session_init(&predict->own, model, NULL, 0);
	predict->has_own = true;
	predict->n_own++;
	predict->session = &predict->own;
	predict->own.view.ascii = predict->ascii;
	predict->own.view.beside = true;
	predict->own.view.panes.n = 0;
}

/* Run the question's lesson, unless its timeline is there. */
static int show_lesson(struct viz_predict *predict, struct viz_problem *problem)
{
	const struct viz_question *question = question_of(predict);
	struct viz_child child = VIZ_CHILD_INIT;
	struct trace_model *model;
	if (question->scenario == NULL || question->scenario == predict->shown)
		return 0;
	int rc = viz_follow_run(&model, &child, predict->options, &question->run, NULL, problem);
	viz_child_stop(&child);
	if (rc != 0)
		return rc;
	put_session(predict, model);
	predict->shown = question->scenario;
	return 0;
}

uint64_t viz_predict_end_ns(const struct viz_question *question)
{
	const struct scn_point *point = question->point;
	uint64_t t_ns = question->moment.t_ns, wanted = 2 * t_ns, power = 100000000;
	if (point->kind == SCN_PAINT)
		wanted = t_ns + point->cell_ns * (strlen(question->answer.cells) + 1);
	while (power < wanted && power < UINT64_MAX / 100)
		power *= 10;
	return wanted <= power / 5 && power > 100000000   ? power / 5
	       : wanted <= power / 2 && power > 100000000 ? power / 2
	                                                  : power;
}

/* Show nothing from the moment of a question on. */
static void hide_future(struct viz_predict *predict, const struct viz_question *question)
{
	struct viz_view *view = &predict->session->view;
	view->follow = false;
	view->ordinal = question->moment.ordinal;
	view->seek_ns = question->moment.t_ns;
	view->fit = true;
	view->mask = true;
	view->until_ns = viz_predict_end_ns(question);
}

/* Return the next question of the same timeline, which hides its own future; NULL: all of it may be seen. */
static struct viz_question *next_of(struct viz_predict *predict)
{
	size_t next = predict->at + 1;
	if (next == predict->quiz.n || predict->quiz.questions[next].scenario != predict->shown)
		return NULL;
	return &predict->quiz.questions[next];
}

bool viz_predict_is_same_moment(const struct viz_predict *predict, size_t a, size_t b)
{
	const struct viz_question *first = &predict->quiz.questions[a];
	const struct viz_question *second = &predict->quiz.questions[b];
	return first->scenario == second->scenario && second->moment.t_ns <= first->moment.t_ns;
}

/* Return the question that hides what may not be seen yet: the next one, unless the class wanted to see what it had predicted; then
 * the next one of a later moment. NULL: none does. */
static struct viz_question *horizon_of(struct viz_predict *predict)
{
	const struct viz_quiz *quiz = &predict->quiz;
	size_t next = predict->at + 1;
	if (!predict->is_ahead)
		return next_of(predict);
	while (next < quiz->n && viz_predict_is_same_moment(predict, predict->at, next))
		next++;
	if (next == quiz->n || quiz->questions[next].scenario != predict->shown)
		return NULL;
	return &quiz->questions[next];
}

bool viz_predict_is_withheld(const struct viz_predict *predict)
{
	return predict->stage == VIZ_PREDICT_REVEAL && !predict->is_ahead &&
	       predict->at + 1 < predict->quiz.n &&
	       viz_predict_is_same_moment(predict, predict->at, predict->at + 1);
}

/* Show what happened, or let it happen: up to the next question, or all. */
static void show_future(struct viz_predict *predict)
{
	struct viz_view *view = &predict->session->view;
	struct viz_question *next = horizon_of(predict);
	predict->is_at_next = next != NULL && predict->is_live && viz_predict_arrive(predict, next);
	if (predict->is_live && !predict->is_at_next) {
		viz_predict_let_go(predict, next);
		return;
	}
	if (next != NULL) {
		hide_future(predict, next);
		return;
	}
	view->mask = false;
	view->until_ns = 0;
	view->follow = true;
	view->fit = true;
}

static void pose(struct viz_predict *predict)
{
	predict->stage = VIZ_PREDICT_ASK;
	predict->is_at_next = false;
	hide_future(predict, question_of(predict));
}

static int ask(struct viz_predict *predict, struct viz_problem *problem)
{
	int rc = show_lesson(predict, problem);
	if (rc != 0)
		return rc;
	predict->cursor = 0;
	predict->round = 0;
	predict->notice[0] = '\0';
	/* what the class has seen before its time is not what the program has come to */
	predict->is_at_next &= !predict->is_ahead;
	predict->is_ahead = false;
	if (predict->is_live && !predict->is_at_next &&
	    !viz_predict_arrive(predict, question_of(predict))) {
		predict->stage = VIZ_PREDICT_RUN;
		viz_predict_let_go(predict, question_of(predict));
		viz_predict_hurry(predict, question_of(predict));
		return 0;
	}
	pose(predict);
	return 0;
}

bool viz_predict_update(struct viz_predict *predict)
{
	bool is_running = predict->stage == VIZ_PREDICT_RUN;
	struct viz_question *wanted = is_running                             ? question_of(predict)
	                              : predict->stage == VIZ_PREDICT_REVEAL ? horizon_of(predict)
	                                                                     : NULL;
	if (!predict->is_live || wanted == NULL || predict->is_at_next)
		return false;
	if (!viz_predict_arrive(predict, wanted)) {
		/* it may have come to the gate, where it was to begin, after we had let it go */
		if (predict->session->mode == VIZ_MODE_HELD)
			viz_predict_let_go(predict, wanted);
		return false;
	}
	predict->is_at_next = true;
	if (is_running)
		pose(predict);
	else
		hide_future(predict, wanted);
	return true;
}

int viz_predict_init(struct viz_predict *predict, const struct viz_options *options,
                     struct viz_quiz *quiz, struct trace_model *model, bool ascii,
                     struct viz_problem *problem)
{
	*predict = (struct viz_predict){.options = options, .quiz = *quiz, .ascii = ascii};
	if (model != NULL)
		put_session(predict, model);
	int rc = ask(predict, problem);
	if (rc != 0)
		viz_predict_fini(predict);
	return rc;
}

void viz_predict_init_live(struct viz_predict *predict, const struct viz_options *options,
                           struct viz_quiz *quiz, struct viz_session *session, bool ascii)
{
	struct viz_problem problem; /* of a run that is made: there is none */
	*predict = (struct viz_predict){
	        .options = options,
	        .quiz = *quiz,
	        .ascii = ascii,
	        .session = session,
	        .is_live = true,
	        .before = session->view,
	        .shown = quiz->questions[0].scenario,
	};
	session->view.beside = true;
	session->view.panes.n = 0;
	(void)ask(predict, &problem);
}

void viz_predict_fini(struct viz_predict *predict)
{
	if (predict->is_live)
		viz_predict_give_back(predict);
	if (predict->has_own)
		viz_session_fini(&predict->own);
	predict->has_own = false;
	viz_quiz_fini(&predict->quiz);
}

/* ---- Answers ---- */

static void reveal(struct viz_predict *predict)
{
	question_of(predict)->is_answered = true;
	predict->stage = VIZ_PREDICT_REVEAL;
	predict->notice[0] = '\0';
	show_future(predict);
}

/* Put an option into the order, once. */
static void take_in_order(struct viz_question *question, int option)
{
	for (size_t i = 0; i < question->n_order; i++)
		if (question->order[i] == option)
			return;
	if (question->n_order < question->answer.n_order)
		question->order[question->n_order++] = (uint8_t)option;
}

static void take_option(struct viz_predict *predict, int option)
{
	struct viz_question *question = question_of(predict);
	if (option >= (int)scn_point_n_options(question->point))
		return;
	predict->cursor = option;
	if (question->point->kind == SCN_ORDER) {
		take_in_order(question, option);
		return;
	}
	question->choice = option;
	reveal(predict);
}

static void answer(struct viz_predict *predict)
{
	struct viz_question *question = question_of(predict);
	if (question->point->kind == SCN_CHOICE) {
		take_option(predict, predict->cursor);
		return;
	}
	if (question->point->kind == SCN_ORDER && !viz_question_is_full(question)) {
		take_in_order(question, predict->cursor);
		return;
	}
	if (viz_question_is_full(question))
		reveal(predict);
	else
		snprintf(predict->notice, sizeof predict->notice,
		         "%zu cells to paint, and %zu are painted", strlen(question->answer.cells),
		         strlen(question->cells));
}

static bool type_cell(struct viz_predict *predict, uint32_t code)
{
	struct viz_question *question = question_of(predict);
	size_t n = strlen(question->cells);
	if (code == VIZ_KEY_BACKSPACE && n > 0) {
		question->cells[n - 1] = '\0';
		return true;
	}
	if (code >= 0x80 || code == 0 || strchr("#!r.xE| ", (int)code) == NULL)
		return false;
	if (n < strlen(question->answer.cells)) {
		question->cells[n] = (char)code;
		question->cells[n + 1] = '\0';
	}
	return true;
}

static bool type_answer(struct viz_predict *predict, uint32_t code)
{
	struct viz_question *question = question_of(predict);
	if (question->point->kind == SCN_PAINT)
		return type_cell(predict, code);
	if (code >= '1' && code < '1' + SCN_OPTIONS_MAX) {
		take_option(predict, (int)(code - '1'));
		return true;
	}
	if (question->point->kind == SCN_ORDER && code == VIZ_KEY_BACKSPACE) {
		question->n_order -= question->n_order > 0;
		return true;
	}
	return false;
}

/* ---- Votes ---- */

/* What is no count of votes stays to be mended, with what is wrong about it. */
static void count_votes(struct viz_predict *predict)
{
	struct viz_problem problem;
	struct viz_question *question = question_of(predict);
	if (viz_question_vote(question, predict->round, predict->votes.text, &problem) != 0) {
		predict->votes.sign = ':';
		snprintf(predict->notice, sizeof predict->notice, "%.*s",
		         (int)sizeof predict->notice - 1, problem.text);
		return;
	}
	predict->stage = VIZ_PREDICT_ASK;
}

static bool type_votes(struct viz_predict *predict, const struct viz_key *key)
{
	enum viz_typed typed = viz_prompt_type(&predict->votes, key);
	if (typed != VIZ_TYPED_NOTHING)
		predict->notice[0] = '\0';
	if (typed == VIZ_TYPED_ENTER)
		count_votes(predict);
	else if (typed == VIZ_TYPED_CANCEL)
		predict->stage = VIZ_PREDICT_ASK;
	return true;
}

bool viz_predict_type(struct viz_predict *predict, const struct viz_key *key)
{
	if (predict->stage == VIZ_PREDICT_VOTE)
		return type_votes(predict, key);
	return predict->stage == VIZ_PREDICT_ASK && type_answer(predict, key->code);
}

static void vote(struct viz_predict *predict)
{
	struct viz_question *question = question_of(predict);
	if (question->point->kind != SCN_CHOICE) {
		snprintf(predict->notice, sizeof predict->notice,
		         "votes are for questions with options to choose from");
		return;
	}
	predict->round = question->has_votes[0] ? 1 : 0;
	predict->notice[0] = '\0';
	viz_prompt_open(&predict->votes, ':', "");
	predict->stage = VIZ_PREDICT_VOTE;
}

/* ---- Keys ---- */

/* Go on to the next question, or to the score behind the last. */
static void go_on(struct viz_predict *predict)
{
	struct viz_problem problem;
	if (predict->at + 1 == predict->quiz.n) {
		predict->stage = VIZ_PREDICT_SCORE;
		return;
	}
	predict->at++;
	if (ask(predict, &problem) != 0) {
		snprintf(predict->notice, sizeof predict->notice, "%.*s",
		         (int)sizeof predict->notice - 1, problem.text);
		predict->stage = VIZ_PREDICT_SCORE;
	}
}

static void move(struct viz_predict *predict, int by)
{
	int last = (int)scn_point_n_options(question_of(predict)->point) - 1;
	predict->cursor += by;
	if (predict->cursor > last)
		predict->cursor = last;
	if (predict->cursor < 0)
		predict->cursor = 0;
}

bool viz_predict_act(struct viz_predict *predict, enum viz_action action, const struct viz_key *key)
{
	bool is_asking = predict->stage == VIZ_PREDICT_ASK;
	switch (action) {
	case VIZ_ACTION_OPTION_UP:
	case VIZ_ACTION_OPTION_DOWN:
		if (is_asking)
			move(predict, action == VIZ_ACTION_OPTION_UP ? -1 : 1);
		return true;
	case VIZ_ACTION_ANSWER:
		if (is_asking)
			answer(predict);
		else if (predict->stage == VIZ_PREDICT_REVEAL)
			go_on(predict);
		else if (predict->stage == VIZ_PREDICT_SCORE)
			return false;
		return true;
	case VIZ_ACTION_SKIP:
		if (is_asking || predict->stage == VIZ_PREDICT_RUN)
			go_on(predict);
		return true;
	case VIZ_ACTION_VOTE:
		if (is_asking)
			vote(predict);
		return true;
	case VIZ_ACTION_SHOW:
		if (viz_predict_is_withheld(predict)) {
			predict->is_ahead = true;
			show_future(predict);
		}
		return true;
	default:
		/* looking is free, as long as it does not show the future */
		if (predict->stage == VIZ_PREDICT_REVEAL && !predict->session->view.mask)
			viz_session_act(predict->session, action, key);
		return true;
	}
}
