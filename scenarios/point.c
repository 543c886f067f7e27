/* The words of prediction points. */
#include "scenarios/point.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/scenario.h"

static const struct {
	const char *name, *text;
} beliefs[SCN_BELIEF_END] = {[SCN_NO_BELIEF] = {"", ""},
#define ROW(constant, name, text) [SCN_##constant] = {name, text},
                             SCN_BELIEFS(ROW)
#undef ROW
};

static const char *const truths[SCN_TRUTH_END_] = {
#define ROW(constant, name, text) [SCN_TRUTH_##constant] = (name),
        SCN_TRUTHS(ROW)
#undef ROW
};

const char *scn_belief_name(enum scn_belief belief)
{
	return belief < SCN_BELIEF_END ? beliefs[belief].name : "";
}

const char *scn_belief_text(enum scn_belief belief)
{
	return belief < SCN_BELIEF_END ? beliefs[belief].text : "";
}

const char *scn_truth_name(enum scn_truth truth)
{
	return truth < SCN_TRUTH_END_ ? truths[truth] : "";
}

size_t scn_point_n_options(const struct scn_point *point)
{
	size_t n = 0;

	while (n < SCN_OPTIONS_MAX && point->options[n].text)
		n++;
	return n;
}

/* Return the parameter that "{name}" at `from` stands for; NULL when it stands for none. */
static const struct scn_param *param_at(const char *from, const struct scn_args *args,
                                        size_t *index)
{
	size_t n = strcspn(from + 1, "}");

	for (*index = 0; *from == '{' && *index < args->scenario->n_params; ++*index) {
		const struct scn_param *param = &args->scenario->params[*index];

		if (strlen(param->name) == n && strncmp(param->name, from + 1, n) == 0)
			return param;
	}
	return NULL;
}

const char *scn_point_text(char *text, size_t text_bytes, const char *from,
                           const struct scn_args *args)
{
	size_t used = 0, index;

	while (*from && used + 1 < text_bytes) {
		const struct scn_param *param = param_at(from, args, &index);

		if (!param) {
			text[used++] = *from++;
			continue;
		}
		snprintf(text + used, text_bytes - used, "%" PRId64, args->values[index]);
		used += strlen(text + used);
		from += strlen(param->name) + 2;
	}
	text[used] = '\0';
	return text;
}
