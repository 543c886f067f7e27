/* The pair's life, its keys, and the words on what differs. Painting is in pair_paint.c.
 *
 * Each side is a whole session without a program, so that whatever can be done to one timeline can be done here; after
 * each key the window and the playhead are carried over to the other side.
 */
#include "viz/classroom/pair.h"

#include <stdio.h>

#include "viz/text/format_time.h"
#include "viz/painter/layout.h"
#include "viz/explain/sentence.h"
#include "viz/session/session_act.h"

static struct trace_model *model_of(const struct viz_pair *pair, int side)
{
	return pair->sides[side].model;
}

int viz_pair_init(struct viz_pair *pair, struct trace_model *a, const char *a_name,
                  struct trace_model *b, const char *b_name, bool ascii)
{
	struct trace_model *models[2] = {a, b};
	const char *names[2] = {a_name, b_name};
	*pair = (struct viz_pair){.tops = {-1, -1}, .ascii = ascii};
	uint64_t end_ns = a->t_end_ns > b->t_end_ns ? a->t_end_ns : b->t_end_ns;
	int a_cols = viz_layout_names_cols(a), b_cols = viz_layout_names_cols(b);
	for (int i = 0; i < 2; i++) {
		struct viz_view *view = &pair->sides[i].view;
		viz_session_init(&pair->sides[i], models[i], NULL, 0);
		view->beside = true;
		view->panes.n = 0;
		view->legend = false;
		view->ascii = ascii;
		view->until_ns = end_ns;
		view->names_cols = a_cols > b_cols ? a_cols : b_cols;
		snprintf(pair->names[i], sizeof pair->names[i], "%c %s", 'A' + i, names[i]);
	}
	if (trace_compare_init(&pair->compare, a, b) == 0)
		return 0;
	viz_pair_fini(pair);
	return -1;
}

void viz_pair_fini(struct viz_pair *pair)
{
	trace_compare_fini(&pair->compare);
	viz_session_fini(&pair->sides[0]);
	viz_session_fini(&pair->sides[1]);
}

/* ---- Words ---- */

/* "1.80": a ratio to two decimals, cut, in whole numbers so that it is the same everywhere. */
static void add_ratio(struct viz_text *text, uint64_t longer, uint64_t shorter)
{
	uint64_t whole = longer / shorter, rest = longer % shorter;
	uint64_t hundredths =
	        rest > UINT64_MAX / 100 ? rest / (shorter / 100) : rest * 100 / shorter;
	viz_text_add(text, "%llu.%02llu", (unsigned long long)whole,
	             (unsigned long long)hundredths);
}

void viz_pair_add_summary(const struct viz_pair *pair, struct viz_text *text)
{
	uint64_t ends_ns[2] = {model_of(pair, 0)->t_end_ns, model_of(pair, 1)->t_end_ns};
	char times[2][VIZ_TIME_BYTES], less[VIZ_TIME_BYTES];
	int fast = ends_ns[1] <= ends_ns[0], slow = 1 - fast;
	viz_format_time(times[0], ends_ns[0]);
	viz_format_time(times[1], ends_ns[1]);
	viz_text_add(text, "A takes %s, B %s", times[0], times[1]);
	if (ends_ns[fast] == ends_ns[slow]) {
		viz_text_add(text, ": the same");
		return;
	}
	viz_text_add(text, ": %c is ", fast == 0 ? 'A' : 'B');
	if (ends_ns[fast] > 0) {
		add_ratio(text, ends_ns[slow], ends_ns[fast]);
		viz_text_add(text, " times as fast, ");
	}
	viz_text_add(text, "%s less", viz_format_time(less, ends_ns[slow] - ends_ns[fast]));
}

void viz_pair_add_first(const struct viz_pair *pair, int side, struct viz_text *text)
{
	const struct trace_compare *compare = &pair->compare;
	uint32_t at = side == 0 ? compare->first_a : compare->first_b;
	char sentence[300], time[VIZ_TIME_BYTES];
	if (!compare->differs)
		return;
	if (at == TRACE_NONE) {
		viz_text_add(text, "nothing more happens");
		return;
	}
	const struct trace_model *model = model_of(pair, side);
	uint64_t t_ns = trace_model_event(model, at)->t_ns;
	viz_sentence(model, at, sentence, sizeof sentence);
	viz_text_add(text, "%s", sentence);
	if (t_ns != compare->first_ns)
		viz_text_add(text, ", at %s", viz_format_time(time, t_ns));
}

/* ---- Keys ---- */

/* Carry the window of the side with the focus over to the other, whose own playhead must not move it. */
static void carry_window(struct viz_pair *pair)
{
	const struct viz_view *from = &pair->sides[pair->focus].view;
	struct viz_view *to = &pair->sides[1 - pair->focus].view;
	viz_session_settle(&pair->sides[pair->focus]);
	to->t0_ns = from->t0_ns;
	to->span_ns = from->span_ns;
	to->fit = from->fit;
	to->track = false;
}

static void carry_playhead(struct viz_pair *pair)
{
	const struct viz_view *from = &pair->sides[pair->focus].view;
	struct viz_view *to = &pair->sides[1 - pair->focus].view;
	uint64_t t_ns = viz_view_time_ns(from, model_of(pair, pair->focus));
	if (from->follow)
		to->follow = true;
	else if (t_ns != viz_view_time_ns(to, model_of(pair, 1 - pair->focus)) || to->follow)
		viz_view_seek(to, model_of(pair, 1 - pair->focus), t_ns);
}

/* Return the time of the transition that a step leads to (1) or away from (-1) on a side; `*to` is where the playhead
 * stands then. False at the end. */
static bool next_step(const struct viz_pair *pair, int side, int step, uint32_t *to, uint64_t *t_ns)
{
	const struct trace_model *model = model_of(pair, side);
	uint32_t from = viz_view_ordinal(&pair->sides[side].view, model);
	if (step < 0 && from == TRACE_NONE)
		return false;
	*to = trace_model_step(model, from, step);
	if (step > 0 && *to == TRACE_NONE)
		return false;
	*t_ns = trace_model_event(model, step > 0 ? *to : from)->t_ns;
	return true;
}

/* One transition forward or back on whichever side has the nearer one, on both when they fall together. */
static void step_both(struct viz_pair *pair, int step)
{
	uint32_t to[2];
	uint64_t times_ns[2];
	bool has[2];
	for (int i = 0; i < 2; i++)
		has[i] = next_step(pair, i, step, &to[i], &times_ns[i]);
	for (int i = 0; i < 2; i++) {
		bool other_first =
		        has[1 - i] && has[i] &&
		        (step > 0 ? times_ns[1 - i] < times_ns[i] : times_ns[1 - i] > times_ns[i]);
		if (has[i] && !other_first)
			viz_session_go_to(&pair->sides[i], to[i]);
	}
}

static void go_to_first(struct viz_pair *pair)
{
	const struct trace_compare *compare = &pair->compare;
	uint32_t at[2] = {compare->first_a, compare->first_b};
	if (!compare->differs)
		return;
	for (int i = 0; i < 2; i++) {
		uint32_t last = (uint32_t)model_of(pair, i)->n_events - 1;
		viz_session_go_to(&pair->sides[i], at[i] != TRACE_NONE ? at[i] : last);
		if (at[i] != TRACE_NONE)
			pair->sides[i].view.selected = viz_sentence_lane(model_of(pair, i), at[i]);
	}
}

/* A click is on the side that it hits, and its row counts from that side's top. */
static struct viz_key aim(struct viz_pair *pair, const struct viz_key *key)
{
	struct viz_key aimed = *key;
	if (pair->tops[0] >= 0 && pair->tops[1] >= 0)
		pair->focus = key->row >= pair->tops[1];
	aimed.row -= pair->tops[pair->focus];
	return aimed;
}

void viz_pair_act(struct viz_pair *pair, enum viz_action action, const struct viz_key *key)
{
	struct viz_key aimed = *key;
	if (action == VIZ_ACTION_OTHER) {
		pair->focus = 1 - pair->focus;
		return;
	}
	if (action == VIZ_ACTION_STEP || action == VIZ_ACTION_BACK) {
		step_both(pair, action == VIZ_ACTION_STEP ? 1 : -1);
		carry_window(pair);
		return;
	}
	if (action == VIZ_ACTION_DIFFERENCE) {
		go_to_first(pair);
		carry_window(pair);
		return;
	}
	if (key->row != 0 || key->col != 0) /* the mouse */
		aimed = aim(pair, key);
	viz_session_act(&pair->sides[pair->focus], action, &aimed);
	carry_playhead(pair);
	carry_window(pair);
}
