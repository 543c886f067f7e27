/* The words of prediction points. */
#include "scenarios/point.h"

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
