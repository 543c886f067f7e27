/* Findings go on where they stopped. Numbers are made anew by a pass over all events, so while a recording grows they wait
 * until it has grown by a part of itself: what that costs stays in proportion to what is read.
 */
#include "viz/judgement.h"

#define SMALL  20000u /* events that are counted within every frame */
#define COUNTS 50000u /* events that are counted for one key */

void viz_judgement_fini(struct viz_judgement *judgement)
{
	trace_findings_destroy(judgement->findings);
	if (judgement->has_stats)
		trace_stats_fini(&judgement->stats);
	if (judgement->has_path)
		viz_critical_fini(&judgement->path);
	*judgement = (struct viz_judgement){.findings = NULL};
}

const struct trace_findings *viz_judgement_findings(struct viz_judgement *judgement,
                                                    const struct trace_model *model)
{
	if (judgement->findings == NULL)
		judgement->findings = trace_findings_create(model, NULL);
	if (judgement->findings != NULL)
		trace_findings_update(judgement->findings,
		                      judgement->was_rebuilt ? TRACE_REBUILT : 1);
	judgement->was_rebuilt = false;
	return judgement->findings;
}

static bool is_fresh(const struct viz_judgement *judgement, const struct trace_model *model)
{
	size_t before = judgement->stats_events, now = model->n_events;
	if (!judgement->has_stats || !judgement->stats_are_of_all)
		return false;
	if (before == now)
		return now > SMALL || model->status != 0;
	return model->status == 0 && now > SMALL && now - before < before / 8;
}

const struct trace_stats *viz_judgement_stats(struct viz_judgement *judgement,
                                              const struct trace_model *model)
{
	if (is_fresh(judgement, model))
		return &judgement->stats;
	if (judgement->has_stats)
		trace_stats_fini(&judgement->stats);
	judgement->has_stats = trace_stats_make(&judgement->stats, model) == 0;
	judgement->stats_events = model->n_events;
	judgement->stats_are_of_all = true;
	return judgement->has_stats ? &judgement->stats : NULL;
}

const struct trace_stats *viz_judgement_stats_at(struct viz_judgement *judgement,
                                                 const struct trace_model *model, uint32_t ordinal,
                                                 uint64_t now_ns)
{
	if (model->n_events > COUNTS)
		return viz_judgement_stats(judgement, model);
	if (judgement->has_stats && !judgement->stats_are_of_all &&
	    judgement->stats_events == model->n_events && judgement->stats_ordinal == ordinal &&
	    judgement->stats_now_ns == now_ns)
		return &judgement->stats;
	if (judgement->has_stats)
		trace_stats_fini(&judgement->stats);
	judgement->has_stats =
	        trace_stats_make_until(&judgement->stats, model, ordinal, now_ns) == 0;
	judgement->stats_events = model->n_events;
	judgement->stats_are_of_all = false;
	judgement->stats_ordinal = ordinal;
	judgement->stats_now_ns = now_ns;
	return judgement->has_stats ? &judgement->stats : NULL;
}

const struct viz_critical *viz_judgement_path(struct viz_judgement *judgement,
                                              const struct trace_model *model)
{
	if (judgement->has_path && judgement->path_events == model->n_events)
		return &judgement->path;
	if (judgement->has_path)
		viz_critical_fini(&judgement->path);
	judgement->has_path = viz_critical_find(&judgement->path, model) == 0;
	judgement->path_events = model->n_events;
	return judgement->has_path ? &judgement->path : NULL;
}
