/* Making questions. The right answer comes from truth.c, as for declared points; the others are names of other tasks, and times at
 * which something else happens.
 */
#include "viz/classroom/made.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "viz/classroom/truth.h"
#include "viz/text/format_time.h"

#define N_OPTIONS 4 /* of a made question, at most */

static const struct {
	enum scn_truth truth;
	const char *ask, *ask_end, *because; /* a task's name stands between the first two */
	bool is_about_task, is_time;
} forms[] = {
        {SCN_TRUTH_NEXT, "Which task runs next", "?",
         "The loop takes the ready tasks in the order in which they became ready.", false, false},
        {SCN_TRUTH_WAKER, "Who makes ", " ready next?",
         "A task does not wake itself: what it waits for, or the loop's clock, does.", true, false},
        {SCN_TRUTH_RESUME, "When does ", " run next?",
         "Ready is not running: it has to come, and then it is somebody's turn.", true, true},
        {SCN_TRUTH_END, "When does ", " end?", "It ends when its last step is over.", true, true},
        {SCN_TRUTH_MAKESPAN, "How long does it all take", "?",
         "Waits that begin together end with the longest; what follows one another adds up.", false,
         true},
};
#define N_FORMS (sizeof forms / sizeof forms[0])

/* ---- Options ---- */

static size_t n_options(const struct viz_made *made)
{
	size_t n = 0;
	while (n < N_OPTIONS && made->options[n][0] != '\0')
		n++;
	return n;
}

/* Copy a text, cut between two letters where it is too long. */
static void put(char *to, size_t to_bytes, const char *text)
{
	struct viz_text copy = viz_text_begin(to, to_bytes);
	viz_text_add(&copy, "%s", text);
}

/* Add an option, unless it is there or there are enough. */
static void add_option(struct viz_made *made, const char *text)
{
	size_t n = n_options(made);
	char whole[VIZ_MADE_TEXT_BYTES];
	put(whole, sizeof whole, text); /* as it will stand there */
	for (size_t i = 0; i < n; i++)
		if (strcmp(made->options[i], whole) == 0)
			return;
	if (n < N_OPTIONS && text[0] != '\0')
		memcpy(made->options[n], whole, sizeof whole);
}

static void add_time(struct viz_made *made, uint64_t t_ns)
{
	char number[VIZ_TIME_BYTES], text[VIZ_TIME_BYTES + 4];
	snprintf(text, sizeof text, "%s ms", viz_format_time_in(number, t_ns, VIZ_TIME_MS, 6));
	add_option(made, text);
}

static uint64_t add_up(uint64_t a_ns, uint64_t b_ns)
{
	return a_ns > UINT64_MAX - b_ns ? UINT64_MAX : a_ns + b_ns;
}

/* Times at which tasks end, and the sum of what came before and after the moment. */
static void add_times(struct viz_made *made, const struct trace_model *model, uint64_t moment_ns)
{
	for (uint32_t i = 0; i < model->n_lanes && n_options(made) < N_OPTIONS; i++) {
		const struct trace_lane *lane = &model->lanes[i];
		if (lane->kind != TRACE_LANE_TASK || lane->n == 0)
			continue;
		uint64_t t_ns = trace_model_event(model, lane->ordinals[lane->n - 1])->t_ns;
		if (t_ns > moment_ns)
			add_time(made, t_ns);
	}
	add_time(made, add_up(moment_ns, model->t_end_ns));
	add_time(made, moment_ns);
}

static void add_names(struct viz_made *made, const struct trace_model *model, uint32_t ordinal)
{
	/* those that are ready are the likeliest, then any */
	for (int pass = 0; pass < 2; pass++)
		for (uint32_t i = 1; i < model->n_lanes && n_options(made) < N_OPTIONS; i++) {
			struct trace_state_now state = {0};
			if (model->lanes[i].kind != TRACE_LANE_TASK)
				continue;
			trace_lane_state(model, i, ordinal, 0, &state);
			if (pass == 1 || state.state == TRACE_STATE_READY)
				add_option(made, model->lanes[i].name);
		}
}

/* ---- Questions ---- */

/* Return a number that a recording's own words decide. */
static uint32_t seed_of(const char *text, uint32_t seed)
{
	for (; *text != '\0'; text++)
		seed = (seed ^ (unsigned char)*text) * 16777619u;
	return seed;
}

/* Turn the options so that the right one, the first until now, is not always the first. */
static unsigned turn(struct viz_made *made, uint32_t seed)
{
	size_t n = n_options(made);
	unsigned to = (unsigned)((seed * 2654435761u >> 16) % n);
	char first[VIZ_MADE_TEXT_BYTES];
	memcpy(first, made->options[0], sizeof first);
	memcpy(made->options[0], made->options[to], sizeof first);
	memcpy(made->options[to], first, sizeof first);
	return to;
}

/* What has happened already is not to be predicted. */
static bool is_past(const struct trace_model *model, enum scn_truth truth, uint32_t lane,
                    uint32_t ordinal)
{
	uint32_t last = TRACE_NONE;
	if (truth == SCN_TRUTH_END)
		last = model->lanes[lane].n > 0
		               ? model->lanes[lane].ordinals[model->lanes[lane].n - 1]
		               : TRACE_NONE;
	else if (truth == SCN_TRUTH_MAKESPAN)
		last = (uint32_t)model->n_events - 1;
	return last != TRACE_NONE && ordinal != TRACE_NONE && ordinal >= last;
}

/* Other loops, and other programs, have other rules. */
static const char *because_of(const struct trace_model *model, size_t form)
{
	bool is_fifo = strcmp(model->policy, "fifo") == 0;
	return forms[form].truth == SCN_TRUTH_NEXT && !is_fifo
	               ? "That is what was recorded; whoever schedules here has rules of its own."
	               : forms[form].because;
}

static bool make(struct viz_made *made, const struct trace_model *model, size_t form, uint32_t lane,
                 uint32_t ordinal)
{
	enum scn_truth truth = forms[form].truth;
	char right[VIZ_MADE_TEXT_BYTES], name[80];
	uint64_t moment_ns = ordinal != TRACE_NONE ? trace_model_event(model, ordinal)->t_ns : 0;
	*made = (struct viz_made){.point = {.kind = SCN_CHOICE, .truth = truth}};
	if (is_past(model, truth, lane, ordinal) ||
	    !viz_truth_of_lane(model, truth, lane, ordinal, right, sizeof right) ||
	    strcmp(right, "never") == 0 || right[0] == '\0')
		return false;
	add_option(made, right);
	if (truth == SCN_TRUTH_WAKER)
		add_option(made, "the loop");
	if (forms[form].is_time)
		add_times(made, model, moment_ns);
	else
		add_names(made, model, ordinal);
	if (n_options(made) < 2)
		return false;
	made->point.right = turn(made, seed_of(right, ordinal + (uint32_t)form));
	put(name, sizeof name, model->lanes[lane].name);
	snprintf(made->ask, sizeof made->ask, "%s%s%s", forms[form].ask,
	         forms[form].is_about_task ? name : "", forms[form].ask_end);
	snprintf(made->because, sizeof made->because, "%s", because_of(model, form));
	return true;
}

/* Point the point at its own texts: only where it stays. */
static void settle(struct viz_made *made)
{
	made->point.ask = made->ask;
	made->point.because = made->because;
	for (size_t i = 0; i < n_options(made); i++)
		made->point.options[i].text = made->options[i];
}

int viz_quiz_add_made(struct viz_quiz *quiz, const struct trace_model *model, uint32_t lane,
                      uint32_t ordinal, struct viz_problem *problem)
{
	if (lane >= model->n_lanes || model->lanes[lane].kind != TRACE_LANE_TASK)
		return viz_problem_set(problem, "select a task to be asked about");
	struct viz_made *made = calloc(N_FORMS, sizeof *made);
	struct viz_question *questions = calloc(N_FORMS, sizeof *questions);
	size_t n = 0;
	if (made == NULL || questions == NULL) {
		free(made);
		free(questions);
		viz_problem_set(problem, "out of memory");
		return VIZ_EXIT_FAILED;
	}
	for (size_t i = 0; i < N_FORMS; i++)
		n += make(&made[n], model, i, lane, ordinal);
	for (size_t i = 0; i < n; i++) {
		settle(&made[i]);
		questions[i] = (struct viz_question){
		        .point = &made[i].point,
		        .choice = -1,
		        .answer = {.right = made[i].point.right},
		        .moment = {ordinal, ordinal != TRACE_NONE
		                                    ? trace_model_event(model, ordinal)->t_ns
		                                    : 0},
		};
	}
	viz_quiz_fini(quiz);
	*quiz = (struct viz_quiz){.questions = questions, .n = n, .n_room = N_FORMS, .made = made};
	if (n > 0)
		return 0;
	viz_quiz_fini(quiz);
	return viz_problem_set(problem, "nothing is left to be predicted here: go back in time");
}
