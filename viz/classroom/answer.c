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

/* Return where the one time in ms of a text begins ("at 300 ms"), and its length; NULL when there is none, or more than one. */
static const char *find_time(const char *text, size_t *bytes)
{
	const char *found = NULL;
	while ((text = strpbrk(text, "0123456789")) != NULL) {
		size_t digits = strspn(text, "0123456789.");
		if (strncmp(text + digits, " ms", 3) == 0) {
			if (found != NULL)
				return NULL;
			found = text;
			*bytes = digits + 3;
		}
		text += digits;
	}
	return found;
}

/* The right option of a run in which none is right as it stands. Where both are a time the words around it stay, or its looks would
 * give it away. */
static const char *word_anew(const char *answer, const char *option, char *text, size_t text_bytes)
{
	size_t bytes = 0, whole = 0;
	const char *time = find_time(option, &bytes);
	if (time == NULL || find_time(answer, &whole) != answer || answer[whole] != '\0')
		snprintf(text, text_bytes, "%s", answer);
	else
		snprintf(text, text_bytes, "%.*s%s%s", (int)(time - option), option, answer,
		         time + bytes);
	return text;
}

static const char *right_option(const struct viz_answer *answer, const struct scn_point *point,
                                char *text, size_t text_bytes)
{
	char worded[VIZ_ASK_BYTES];
	const char *from = point->options[answer->right].text;
	if (answer->is_new)
		from = word_anew(answer->text, from, worded, sizeof worded);
	return viz_answer_text(answer, from, text, text_bytes);
}

/* A wrong option may come to the right number with these parameters (six turns by two permits leave no half round); then it stands as
 * it does with the defaults. */
const char *viz_answer_option(const struct viz_answer *answer, const struct scn_point *point,
                              size_t index, char *text, size_t text_bytes)
{
	char right[VIZ_ASK_BYTES];
	struct scn_args defaults;
	if (point->kind != SCN_CHOICE)
		return viz_answer_text(answer, point->options[index].text, text, text_bytes);
	right_option(answer, point, right, sizeof right);
	if (index == answer->right) {
		snprintf(text, text_bytes, "%s", right);
		return text;
	}
	viz_answer_text(answer, point->options[index].text, text, text_bytes);
	if (strcmp(text, right) == 0) {
		scn_args_init(&defaults, answer->args.scenario);
		scn_args_fill(text, text_bytes, point->options[index].text, &defaults);
	}
	return text;
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

static bool is_right(const struct scn_option *option, const struct viz_answer *answer)
{
	char text[VIZ_ASK_BYTES];
	if (option->is != NULL)
		return strcmp(option->is, answer->text) == 0;
	return contains_word(viz_answer_text(answer, option->text, text, sizeof text),
	                     answer->text);
}

/* Return whether it would say the same with the default parameters, so that it has no other words to fall back on. */
static bool is_fixed(const struct scn_option *option, const struct viz_answer *answer)
{
	char now[VIZ_ASK_BYTES], then[VIZ_ASK_BYTES];
	struct scn_args defaults;
	scn_args_init(&defaults, answer->args.scenario);
	return strcmp(scn_args_fill(then, sizeof then, option->text, &defaults),
	              viz_answer_text(answer, option->text, now, sizeof now)) == 0;
}

/* The declared one goes first: another may mention the same number beside something that is wrong. Then one that says so with any
 * parameters. Returns false when none of them is right, which parameters can make true: then the declared one is to be worded anew. */
static bool find_option(const struct scn_point *point, const struct viz_answer *answer,
                        unsigned *right)
{
	bool is_found = false;
	*right = point->right;
	if (is_right(&point->options[point->right], answer))
		return true;
	for (unsigned i = 0; i < scn_point_n_options(point); i++) {
		const struct scn_option *option = &point->options[i];
		if (!is_right(option, answer) || (is_found && !is_fixed(option, answer)))
			continue;
		*right = i;
		is_found = true;
	}
	return is_found;
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

/* Return whether what is right stands there twice, so that one of both would be called wrong. */
static bool is_twice(const struct viz_answer *answer, const struct scn_point *point)
{
	char right[VIZ_ASK_BYTES], other[VIZ_ASK_BYTES];
	viz_answer_option(answer, point, answer->right, right, sizeof right);
	for (size_t i = 0; i < scn_point_n_options(point); i++)
		if (i != answer->right &&
		    strcmp(viz_answer_option(answer, point, i, other, sizeof other), right) == 0)
			return true;
	return false;
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
	answer->is_new = !find_option(point, answer, &answer->right);
	return !is_twice(answer, point);
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
