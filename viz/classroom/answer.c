/* From a prediction point and a recording to the right answer.
 *
 * Every computed answer is found the way a person would find it in the picture: from the moment on, the first event that
 * decides. A choice is right when its text contains the answer as a word, so options can be sentences.
 */
#include "viz/classroom/answer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "viz/classroom/truth.h"

bool viz_answer_moment(const struct trace_model *model, const struct scn_point *point,
                       struct viz_stop *moment)
{
	if (point->moment != NULL) {
		moment->ordinal = viz_truth_line(model, point->moment, 0);
		if (moment->ordinal == TRACE_NONE)
			return false;
		moment->t_ns = trace_model_event(model, moment->ordinal)->t_ns;
		return true;
	}
	moment->t_ns = point->t_ns;
	moment->ordinal =
	        point->t_ns > 0 ? trace_model_at_time(model, point->t_ns - 1) : TRACE_NONE;
	return true;
}

/* Read the parameters of the recording; those that it does not name are the defaults. */
static void read_args(const struct trace_model *model, const struct scenario *scenario,
                      struct scn_args *args)
{
	char setting[200], why[200];
	scn_args_init(args, scenario);
	for (size_t i = 0; i < model->n_params; i++) {
		snprintf(setting, sizeof setting, "%s=%s", model->params[i].name,
		         model->params[i].value);
		(void)scn_args_set(args, setting, why, sizeof why); /* not ours: let be */
	}
}

bool viz_answer_are_defaults(const struct scn_args *args)
{
	const struct scenario *scenario = args->scenario;
	struct scn_args defaults;
	scn_args_init(&defaults, scenario);
	for (size_t i = 0; i < scenario->n_params; i++)
		if (args->values[i] != defaults.values[i])
			return false;
	return true;
}

bool viz_answer_is_default(const struct trace_model *model, const struct scenario *scenario)
{
	struct scn_args args, defaults;
	read_args(model, scenario, &args);
	scn_args_init(&defaults, scenario);
	return strcmp(model->policy, scn_args_policy(&defaults)) == 0 &&
	       viz_answer_are_defaults(&args);
}

const char *viz_answer_text(const struct viz_answer *answer, const char *from, char *text,
                            size_t text_bytes)
{
	return scn_args_fill(text, text_bytes, from, &answer->args);
}

const char *viz_answer_option(const struct viz_answer *answer, const struct scn_point *point,
                              size_t index, char *text, size_t text_bytes)
{
	bool is_new = answer->is_new && index == answer->right;
	return viz_answer_text(answer, is_new ? answer->text : point->options[index].text, text,
	                       text_bytes);
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Return whether `text` contains `answer`, not as a part of a longer word or number. */
static bool contains_word(const char *text, const char *answer)
{
	size_t bytes = strlen(answer);
	for (const char *at = strstr(text, answer); at != NULL; at = strstr(at + 1, answer))
		if ((at == text || !is_word(at[-1])) && !is_word(at[bytes]))
			return true;
	return false;
}

static bool is_right(const struct scn_option *option, const char *answer)
{
	return option->is != NULL ? strcmp(option->is, answer) == 0
	                          : contains_word(option->text, answer);
}

/* The declared one goes first: another may mention the same number beside something that is wrong. Returns false when none of them
 * is right, which parameters can make true: then the declared one is to be worded anew. */
static bool find_option(const struct scn_point *point, const char *answer, unsigned *right)
{
	*right = point->right;
	if (is_right(&point->options[point->right], answer))
		return true;
	for (unsigned i = 0; i < scn_point_n_options(point); i++)
		if (is_right(&point->options[i], answer)) {
			*right = i;
			return true;
		}
	return false;
}

/* Sort the options by when they happen; one that never happens, or two at once, cannot be asked for. */
static bool find_order(const struct trace_model *model, const struct scn_point *point,
                       uint32_t after, struct viz_answer *answer)
{
	uint32_t when[SCN_OPTIONS_MAX];
	answer->n_order = 0;
	for (size_t i = 0; i < scn_point_n_options(point); i++) {
		size_t at = answer->n_order;
		uint32_t ordinal = viz_truth_option(model, point, &point->options[i], after);
		if (ordinal == TRACE_NONE)
			return false;
		for (; at > 0 && when[at - 1] > ordinal; at--) {
			when[at] = when[at - 1];
			answer->order[at] = answer->order[at - 1];
		}
		when[at] = ordinal;
		answer->order[at] = (uint8_t)i;
		answer->n_order++;
	}
	return true;
}

static bool declared(const struct scn_point *point, struct viz_answer *answer)
{
	answer->right = point->right;
	if (point->kind == SCN_ORDER)
		answer->n_order = scn_point_n_options(point);
	memcpy(answer->order, point->order, sizeof answer->order);
	if (point->cells != NULL)
		snprintf(answer->cells, sizeof answer->cells, "%s", point->cells);
	return true;
}

/* With other parameters than the defaults a question is asked when its words still hold. */
static bool holds(const struct scn_point *point)
{
	return point->any ||
	       (point->truth == SCN_TRUTH_ALWAYS && (point->t_ns == 0 || point->moment != NULL));
}

bool viz_answer(const struct trace_model *model, const struct scenario *scenario,
                const struct scn_point *point, struct viz_answer *answer)
{
	struct viz_stop moment;
	*answer = (struct viz_answer){.right = point->right};
	read_args(model, scenario, &answer->args);
	if (!holds(point) && !viz_answer_is_default(model, scenario))
		return false;
	if (!viz_answer_moment(model, point, &moment))
		return false;
	if (point->truth == SCN_TRUTH_DEFAULTS || point->truth == SCN_TRUTH_ALWAYS)
		return declared(point, answer);
	if (point->kind == SCN_ORDER)
		return find_order(model, point, moment.ordinal, answer);
	if (point->kind == SCN_PAINT)
		return viz_truth_cells(model, point, moment.t_ns, answer->cells);
	if (!viz_truth_text(model, point, moment.ordinal, answer->text, sizeof answer->text))
		return false;
	answer->is_new = !find_option(point, answer->text, &answer->right);
	return true;
}

bool viz_answer_beforehand(const struct scn_args *args, const struct scn_point *point,
                           struct viz_answer *answer)
{
	bool is_declared = point->truth == SCN_TRUTH_ALWAYS || point->truth == SCN_TRUTH_DEFAULTS;
	*answer = (struct viz_answer){.args = *args};
	if (!is_declared || point->t_ns > 0 || point->moment != NULL)
		return false;
	return (holds(point) || viz_answer_are_defaults(args)) && declared(point, answer);
}
