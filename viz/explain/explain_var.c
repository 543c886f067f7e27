/* One sentence on a shared variable: its value, who has it from whom, and how often it was used so far. */
#include <inttypes.h>

#include "viz/explain/explain.h"

#define JUDGED_MAX                                                                                 \
	2000u /* uses; of more the lost updates are not counted for a line that is painted all the time */

static void add_uses(struct viz_text *text, const struct trace_var *var, size_t n)
{
	size_t n_writes = 0, n_lost = 0;
	for (size_t i = 0; i < n && n <= JUDGED_MAX; i++) {
		unsigned used = trace_var_used(var, i, i + 1);
		n_writes += (used & (TRACE_USED_WRITE | TRACE_USED_LOST)) != 0;
		n_lost += (used & TRACE_USED_LOST) != 0;
	}
	if (n > JUDGED_MAX) {
		viz_text_add(text, " Used %zu times so far.", n);
		return;
	}
	viz_text_add(text, " So far %zu %s and %zu %s", n - n_writes,
	             n - n_writes == 1 ? "read" : "reads", n_writes,
	             n_writes == 1 ? "write" : "writes");
	if (n_lost > 0)
		viz_text_add(text, ", %zu of them losing an update", n_lost);
	viz_text_add(text, ".");
}

void viz_explain_var(const struct trace_model *model, uint32_t index, uint32_t ordinal, char *text,
                     size_t text_bytes)
{
	struct viz_text out = viz_text_begin(text, text_bytes);
	size_t from, n = 0;
	if (index >= model->n_vars)
		return;
	const struct trace_var *var = &model->vars[index];
	if (ordinal != TRACE_NONE)
		n = trace_var_uses(var, 0, ordinal + 1, &from);
	viz_text_add(&out, "shared variable %s ", var->name);
	if (n == 0) {
		viz_text_add(&out, "has not been used yet.");
		return;
	}
	const struct trace_record *last = trace_model_event(model, var->ordinals[n - 1]);
	viz_text_add(&out, "is %" PRId64 ", %s by ", (int64_t)trace_join(last->b, last->c),
	             last->sub == TRACE_VAR_WRITE ? "written" : "read");
	viz_text_add_task(&out, model, last->id);
	viz_text_add(&out, " at ");
	viz_text_add_time(&out, last->t_ns);
	if (trace_var_used(var, n - 1, n) & TRACE_USED_LOST)
		viz_text_add(&out, ", and another's update is lost");
	viz_text_add(&out, ".");
	add_uses(&out, var, n);
}
