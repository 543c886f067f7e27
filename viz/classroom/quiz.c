/* The quiz itself: which questions there are, and what to say about an answer. */
#include "viz/classroom/quiz.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "viz/run/follow.h"

/* ---- Questions ---- */

static int add(struct viz_quiz *quiz, const struct viz_question *question)
{
	if (quiz->n == quiz->n_room) {
		size_t room = quiz->n_room > 0 ? 2 * quiz->n_room : 16;
		struct viz_question *more =
		        realloc(quiz->questions, room * sizeof *quiz->questions);
		if (more == NULL)
			return -1;
		quiz->questions = more;
		quiz->n_room = room;
	}
	quiz->questions[quiz->n++] = *question;
	return 0;
}

static int add_points(struct viz_quiz *quiz, const struct scn_run *run,
                      const struct trace_model *model)
{
	size_t n;
	const struct scenario *scenario = run->args.scenario;
	const struct scn_point *points = scn_points(scenario, &n);
	for (size_t i = 0; i < n; i++) {
		struct viz_question question = {
		        .scenario = scenario, .point = &points[i], .run = *run, .choice = -1};
		if (!viz_answer_moment(model, &points[i], &question.moment) ||
		    !viz_answer(model, scenario, &points[i], &question.answer))
			continue;
		if (add(quiz, &question) != 0)
			return -1;
	}
	return 0;
}

/* What can be asked before a run in real time, which no other run could answer for. */
static int add_beforehand(struct viz_quiz *quiz, const struct scn_run *run)
{
	size_t n;
	const struct scn_point *points = scn_points(run->args.scenario, &n);
	for (size_t i = 0; i < n; i++) {
		struct viz_question question = {.scenario = run->args.scenario,
		                                .point = &points[i],
		                                .run = *run,
		                                .moment = {.ordinal = TRACE_NONE},
		                                .choice = -1};
		question.run.hold = false;
		if (viz_answer_beforehand(&run->args, &points[i], &question.answer) &&
		    add(quiz, &question) != 0)
			return -1;
	}
	return 0;
}

static int add_recorded(struct viz_quiz *quiz, const struct viz_options *options,
                        const struct scn_run *run, struct viz_problem *problem)
{
	struct viz_child child = VIZ_CHILD_INIT;
	struct trace_model *model;
	struct scn_run virtual_run = *run;
	virtual_run.clock = TRACE_CLOCK_VIRTUAL;
	virtual_run.hold = false;
	int rc = viz_follow_run(&model, &child, options, &virtual_run, NULL, problem);
	viz_child_stop(&child);
	if (rc != 0)
		return rc;
	rc = add_points(quiz, &virtual_run, model);
	trace_model_destroy(model);
	return rc != 0 ? viz_problem_set(problem, "out of memory") : 0;
}

int viz_quiz_add_lesson(struct viz_quiz *quiz, const struct viz_options *options,
                        const struct scn_run *run, struct viz_problem *problem)
{
	if (!run->args.scenario->needs_real_clock)
		return add_recorded(quiz, options, run, problem);
	return add_beforehand(quiz, run) != 0 ? viz_problem_set(problem, "out of memory") : 0;
}

void viz_quiz_fini(struct viz_quiz *quiz)
{
	free(quiz->questions);
	free(quiz->made);
	*quiz = (struct viz_quiz){.n = 0};
}

/* ---- Answers ---- */

bool viz_question_is_full(const struct viz_question *question)
{
	if (question->point->kind == SCN_ORDER)
		return question->n_order == question->answer.n_order;
	if (question->point->kind == SCN_PAINT)
		return strlen(question->cells) == strlen(question->answer.cells);
	return question->choice >= 0;
}

bool viz_question_is_right(const struct viz_question *question)
{
	if (!viz_question_is_full(question))
		return false;
	if (question->point->kind == SCN_ORDER)
		return memcmp(question->order, question->answer.order, question->n_order) == 0;
	if (question->point->kind == SCN_PAINT)
		return strcmp(question->cells, question->answer.cells) == 0;
	return question->choice >= 0 && (unsigned)question->choice == question->answer.right;
}

size_t viz_quiz_score(const struct viz_quiz *quiz)
{
	size_t n = 0;
	for (size_t i = 0; i < quiz->n; i++)
		n += quiz->questions[i].is_answered && viz_question_is_right(&quiz->questions[i]);
	return n;
}

/* ---- Words ---- */

/* A made question's texts are final; its names may have braces in them. */
static const char *fill(const struct viz_question *question, const char *from, char *text,
                        size_t text_bytes)
{
	if (question->scenario != NULL)
		return viz_answer_text(&question->answer, from, text, text_bytes);
	snprintf(text, text_bytes, "%s", from);
	return text;
}

const char *viz_question_ask(const struct viz_question *question, char *text, size_t text_bytes)
{
	return fill(question, question->point->ask, text, text_bytes);
}

const char *viz_question_option(const struct viz_question *question, size_t index, char *text,
                                size_t text_bytes)
{
	if (question->scenario != NULL)
		return viz_answer_option(&question->answer, question->point, index, text,
		                         text_bytes);
	return fill(question, question->point->options[index].text, text, text_bytes);
}

static void add_option(struct viz_text *text, const struct viz_question *question, size_t index)
{
	char option[VIZ_ASK_BYTES];
	viz_text_add(text, "%s", viz_question_option(question, index, option, sizeof option));
}

static void add_filled(struct viz_text *text, const struct viz_question *question, const char *from)
{
	char filled[VIZ_ASK_BYTES];
	if (from != NULL)
		viz_text_add(text, "%s", fill(question, from, filled, sizeof filled));
}

static void add_order(struct viz_text *text, const struct viz_question *question,
                      const uint8_t *order, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		viz_text_add(text, "%s", i > 0 ? ", then " : "");
		add_option(text, question, order[i]);
	}
}

void viz_question_add_predicted(const struct viz_question *question, struct viz_text *text)
{
	const struct scn_point *point = question->point;
	if (!question->is_answered)
		viz_text_add(text, "nothing");
	else if (point->kind == SCN_ORDER)
		add_order(text, question, question->order, question->n_order);
	else if (point->kind == SCN_PAINT)
		viz_text_add(text, "[%s]", question->cells);
	else
		add_option(text, question, (size_t)question->choice);
}

void viz_question_add_happened(const struct viz_question *question, struct viz_text *text)
{
	const struct scn_point *point = question->point;
	if (point->kind == SCN_ORDER)
		add_order(text, question, question->answer.order, question->answer.n_order);
	else if (point->kind == SCN_PAINT)
		viz_text_add(text, "[%s]", question->answer.cells);
	else
		add_option(text, question, question->answer.right);
}

/* How near an order or a painting comes. */
static void add_count(struct viz_text *text, const struct viz_question *question)
{
	bool is_order = question->point->kind == SCN_ORDER;
	size_t n = is_order ? question->answer.n_order : strlen(question->answer.cells);
	viz_text_add(text, "%zu of %zu %s are right. ", viz_question_n_right(question), n,
	             is_order ? "places" : "cells");
}

void viz_question_add_because(const struct viz_question *question, struct viz_text *text)
{
	const struct scn_point *point = question->point;
	const char *belief = scn_belief_text(viz_question_belief(question));
	bool is_choice = point->kind == SCN_CHOICE;
	bool is_wrong = question->is_answered && !viz_question_is_right(question);
	if (is_wrong && !is_choice)
		add_count(text, question);
	if (is_wrong && belief[0] != '\0')
		viz_text_add(text, "\"%s\" is what one easily believes. ", belief);
	if (is_wrong && is_choice && point->options[question->choice].because != NULL) {
		add_filled(text, question, point->options[question->choice].because);
		viz_text_add(text, " ");
	}
	viz_question_add_reason(question, text);
}

void viz_question_add_reason(const struct viz_question *question, struct viz_text *text)
{
	add_filled(text, question, question->point->because);
}

/* ---- Votes ---- */

int viz_question_vote(struct viz_question *question, int round, const char *line,
                      struct viz_problem *problem)
{
	unsigned counts[SCN_OPTIONS_MAX] = {0};
	size_t n = 0, n_options = scn_point_n_options(question->point);
	while (*line != '\0') {
		char *end;
		line += strspn(line, " ,\t");
		if (*line == '\0')
			break;
		unsigned long count = strtoul(line, &end, 10);
		bool is_number = isdigit((unsigned char)*line) && count <= 100000 &&
		                 (*end == '\0' || strchr(" ,\t", *end) != NULL);
		if (!is_number)
			return viz_problem_set(problem,
			                       "votes '%s': want a whole number for each "
			                       "option, between spaces",
			                       line);
		if (n == n_options)
			return viz_problem_set(problem, "votes: %zu options, and more numbers",
			                       n_options);
		counts[n++] = (unsigned)count;
		line = end;
	}
	if (n != n_options)
		return viz_problem_set(problem,
		                       "votes: want %zu numbers, one for each option, "
		                       "and there are %zu",
		                       n_options, n);
	memcpy(question->votes[round], counts, sizeof counts);
	question->has_votes[round] = true;
	return 0;
}

/* ---- CSV ---- */

/* A field in quotes; a formula of a spreadsheet becomes text. */
static void put_field(FILE *out, const char *text)
{
	fputc('"', out);
	if (*text != '\0' && strchr("=+-@", *text) != NULL)
		fputc('\'', out);
	for (; *text != '\0'; text++) {
		if (*text == '"')
			fputc('"', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

typedef void add_words(const struct viz_question *question, struct viz_text *text);

static void put_words(FILE *out, const struct viz_question *question, add_words *words)
{
	char line[1000];
	struct viz_text text = viz_text_begin(line, sizeof line);
	line[0] = '\0';
	words(question, &text);
	put_field(out, line);
	fputc(',', out);
}

static void put_votes(FILE *out, const struct viz_question *question, int round)
{
	size_t n = question->has_votes[round] ? scn_point_n_options(question->point) : 0;
	fputc('"', out);
	for (size_t i = 0; i < n; i++)
		fprintf(out, "%s%u", i > 0 ? " " : "", question->votes[round][i]);
	fputc('"', out);
}

void viz_quiz_csv(const struct viz_quiz *quiz, FILE *out)
{
	fputs("lesson,question,predicted,happened,right,belief,votes_before,votes_after\r\n", out);
	for (size_t i = 0; i < quiz->n; i++) {
		const struct viz_question *question = &quiz->questions[i];
		char ask[VIZ_ASK_BYTES];
		put_field(out, question->scenario != NULL ? question->scenario->name : "");
		fputc(',', out);
		put_field(out, viz_question_ask(question, ask, sizeof ask));
		fputc(',', out);
		put_words(out, question, viz_question_add_predicted);
		put_words(out, question, viz_question_add_happened);
		fprintf(out, "%d,", question->is_answered && viz_question_is_right(question));
		put_field(out, scn_belief_name(viz_question_belief(question)));
		fputc(',', out);
		put_votes(out, question, 0);
		fputc(',', out);
		put_votes(out, question, 1);
		fputs("\r\n", out);
	}
}
