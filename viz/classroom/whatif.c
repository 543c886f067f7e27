/* The what-if's life: values, undo, and making the timeline again. Painting is in whatif_paint.c.
 *
 * The run is synchronous: under the virtual clock a lesson takes a few milliseconds, less than what is noticed after a
 * key, and a picture that is half old and half new would be worse than a short wait.
 */
#include "viz/classroom/whatif.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "viz/run/follow.h"

static const struct scenario *scenario_of(const struct viz_whatif *whatif)
{
	return whatif->run.args.scenario;
}

/* ---- Making a timeline ---- */

static int make_model(struct viz_whatif *whatif, struct trace_model **out,
                      struct viz_problem *problem)
{
	struct viz_child child = VIZ_CHILD_INIT;
	int rc = viz_follow_run_within(out, &child, whatif->options, &whatif->run,
	                               VIZ_WHATIF_LIMIT_MS, problem);
	viz_child_stop(&child);
	return rc;
}

static void drop_shadow(struct viz_whatif *whatif)
{
	if (whatif->shadow == NULL)
		return;
	trace_compare_fini(&whatif->compare);
	trace_model_destroy(whatif->shadow);
	whatif->shadow = NULL;
}

/* Count what is found in a recording. Without memory nothing is said about it. */
static void count_findings(const struct trace_model *model, uint64_t found[TRACE_FINDING_KINDS])
{
	struct trace_findings *findings = trace_findings_create(model, NULL);
	memset(found, 0, TRACE_FINDING_KINDS * sizeof *found);
	if (findings != NULL && trace_findings_update(findings, 1) >= 0)
		for (int kind = 0; kind < TRACE_FINDING_KINDS; kind++)
			found[kind] =
			        trace_findings_of_kind(findings, (enum trace_finding_kind)kind);
	trace_findings_destroy(findings);
}

/* Look at `model` in the window and with the selection of before; what was looked at becomes the shadow. */
static void show(struct viz_whatif *whatif, struct trace_model *model)
{
	struct viz_session old = whatif->session;
	drop_shadow(whatif);
	memcpy(whatif->found_before, whatif->found, sizeof whatif->found);
	count_findings(model, whatif->found);
	viz_session_init(&whatif->session, model, NULL, 0);
	struct viz_view *view = &whatif->session.view;
	view->ascii = whatif->ascii;
	view->beside = true;
	view->panes.n = 0;
	if (!whatif->has_session) {
		whatif->has_session = true;
		return;
	}
	whatif->session.rows = old.rows;
	whatif->session.cols = old.cols;
	view->axis = old.view.axis;
	view->legend = old.view.legend;
	if (trace_compare_init(&whatif->compare, old.model, model) != 0) {
		viz_session_fini(&old);
		return;
	}
	if (old.view.selected != TRACE_NONE && old.view.selected < old.model->n_lanes)
		view->selected = whatif->compare.b_of_a[old.view.selected];
	whatif->shadow = old.model;
	old.model = NULL;
	viz_session_fini(&old);
	uint64_t a_ns = whatif->shadow->t_end_ns, b_ns = model->t_end_ns;
	view->until_ns = a_ns > b_ns ? a_ns : b_ns;
}

/* Run with `args`. Returns whether that went well; else everything stays, and the notice says why. */
static bool make_again(struct viz_whatif *whatif, const struct scn_args *args)
{
	struct scn_args before = whatif->run.args;
	struct viz_problem problem;
	struct trace_model *model;
	whatif->run.args = *args;
	if (make_model(whatif, &model, &problem) != 0) {
		whatif->run.args = before;
		snprintf(whatif->notice, sizeof whatif->notice, "%s", problem.text);
		return false;
	}
	whatif->before = before;
	whatif->notice[0] = '\0';
	show(whatif, model);
	return true;
}

int viz_whatif_init(struct viz_whatif *whatif, const struct viz_options *options,
                    const struct scn_run *run, bool ascii, struct viz_problem *problem)
{
	const struct scenario *scenario = run->args.scenario;
	struct trace_model *model;
	if (scenario->n_params == 0)
		return viz_problem_set(problem, "%s has no parameters to change", scenario->name);
	if (scenario->needs_real_clock)
		return viz_problem_set(problem,
		                       "%s runs in real time: what if it were otherwise cannot be "
		                       "computed",
		                       scenario->name);
	*whatif = (struct viz_whatif){
	        .options = options, .run = *run, .opened = run->args, .before = run->args};
	whatif->run.clock = TRACE_CLOCK_VIRTUAL;
	whatif->run.hold = false;
	whatif->ascii = ascii;
	int rc = make_model(whatif, &model, problem);
	if (rc == 0)
		show(whatif, model);
	return rc;
}

void viz_whatif_fini(struct viz_whatif *whatif)
{
	drop_shadow(whatif);
	if (whatif->has_session)
		viz_session_fini(&whatif->session);
	whatif->has_session = false;
}

/* ---- Values ---- */

int64_t viz_whatif_step(const struct scn_param *param)
{
	static const int64_t rounds[] = {5, 2, 1};
	int64_t room = param->max - param->min;
	int64_t about = param->value > 0 ? param->value / 6 : room / 100;
	for (int64_t power = 1000000; power >= 1; power /= 10)
		for (size_t i = 0; i < 3; i++)
			if (rounds[i] * power <= about && rounds[i] * power <= room)
				return rounds[i] * power;
	return 1;
}

static void remember(struct viz_whatif *whatif, const struct scn_args *args)
{
	if (whatif->n_undo == VIZ_WHATIF_UNDO_MAX)
		memmove(whatif->undo, whatif->undo + 1, --whatif->n_undo * sizeof *whatif->undo);
	whatif->undo[whatif->n_undo++] = *args;
}

static void change_to(struct viz_whatif *whatif, const struct scn_args *args)
{
	struct scn_args before = whatif->run.args;
	if (memcmp(before.values, args->values, sizeof before.values) == 0)
		return;
	if (make_again(whatif, args))
		remember(whatif, &before);
}

void viz_whatif_set(struct viz_whatif *whatif, int64_t value)
{
	const struct scn_param *param = &scenario_of(whatif)->params[whatif->selected];
	struct scn_args args = whatif->run.args;
	if (value < param->min || value > param->max) {
		snprintf(whatif->notice, sizeof whatif->notice,
		         "%s cannot be %" PRId64 ": it goes from %" PRId64 " to %" PRId64,
		         param->name, value, param->min, param->max);
		return;
	}
	args.values[whatif->selected] = value;
	whatif->notice[0] = '\0';
	change_to(whatif, &args);
}

/* Change by steps, and stop at the ends of the range. */
static void nudge(struct viz_whatif *whatif, int64_t steps)
{
	const struct scn_param *param = &scenario_of(whatif)->params[whatif->selected];
	int64_t value = whatif->run.args.values[whatif->selected];
	int64_t to = value + steps * viz_whatif_step(param);
	if (steps > 0 && (to > param->max || to < value))
		to = param->max;
	if (steps < 0 && (to < param->min || to > value))
		to = param->min;
	viz_whatif_set(whatif, to);
}

static void take_back(struct viz_whatif *whatif)
{
	if (whatif->n_undo == 0) {
		snprintf(whatif->notice, sizeof whatif->notice, "nothing to undo");
		return;
	}
	struct scn_args args = whatif->undo[whatif->n_undo - 1];
	if (make_again(whatif, &args))
		whatif->n_undo--;
}

/* ---- Keys ---- */

static void apply_typed(struct viz_whatif *whatif)
{
	char *end;
	long long value = strtoll(whatif->typed, &end, 10);
	bool is_number = end != whatif->typed && *end == '\0';
	if (is_number)
		viz_whatif_set(whatif, value);
	else
		snprintf(whatif->notice, sizeof whatif->notice, "'%s' is not a number",
		         whatif->typed);
	whatif->typed[0] = '\0';
}

bool viz_whatif_type(struct viz_whatif *whatif, const struct viz_key *key)
{
	size_t n = strlen(whatif->typed);
	bool is_digit = key->code >= '0' && key->code <= '9';
	if (is_digit || (key->code == '-' && n == 0)) {
		if (n < VIZ_WHATIF_TYPED_MAX) {
			whatif->typed[n] = (char)key->code;
			whatif->typed[n + 1] = '\0';
		}
		return true;
	}
	if (n == 0)
		return false;
	if (key->code == VIZ_KEY_BACKSPACE)
		whatif->typed[n - 1] = '\0';
	else if (key->code == VIZ_KEY_ENTER)
		apply_typed(whatif);
	else
		whatif->typed[0] = '\0'; /* any other key gives the number up */
	return key->code == VIZ_KEY_BACKSPACE || key->code == VIZ_KEY_ENTER ||
	       key->code == VIZ_KEY_ESCAPE;
}

static void select_by(struct viz_whatif *whatif, int by)
{
	size_t last = scenario_of(whatif)->n_params - 1;
	if (by < 0 && whatif->selected > 0)
		whatif->selected--;
	if (by > 0 && whatif->selected < last)
		whatif->selected++;
}

void viz_whatif_act(struct viz_whatif *whatif, enum viz_action action, const struct viz_key *key)
{
	switch (action) {
	case VIZ_ACTION_PARAM_UP:
	case VIZ_ACTION_PARAM_DOWN:
		select_by(whatif, action == VIZ_ACTION_PARAM_UP ? -1 : 1);
		break;
	case VIZ_ACTION_LESS:
	case VIZ_ACTION_MORE:
		nudge(whatif, action == VIZ_ACTION_LESS ? -1 : 1);
		break;
	case VIZ_ACTION_MUCH_LESS:
	case VIZ_ACTION_MUCH_MORE:
		nudge(whatif, action == VIZ_ACTION_MUCH_LESS ? -10 : 10);
		break;
	case VIZ_ACTION_TAKE_BACK:
		take_back(whatif);
		break;
	case VIZ_ACTION_RESET:
		change_to(whatif, &whatif->opened);
		break;
	default:
		viz_session_act(&whatif->session, action, key);
		break;
	}
}
