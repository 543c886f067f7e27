/* Findings go on where they stopped. Numbers are made anew by a pass over all events, so while a recording grows they wait
 * until it has grown by a part of itself: what that costs stays in proportion to what is read.
 */
#include "viz/explain/judgement.h"

#define SMALL 20000u /* events that are counted within every frame */
#define PART  50000u /* events that are judged, and counted, between two looks for keys */

void viz_judgement_fini(struct viz_judgement *judgement)
{
	trace_findings_destroy(judgement->findings);
	if (judgement->has_stats)
		trace_stats_fini(&judgement->stats);
	trace_stats_pass_drop(judgement->pass);
	if (judgement->has_path)
		viz_critical_fini(&judgement->path);
	*judgement = (struct viz_judgement){.findings = NULL};
}

static void judge(struct viz_judgement *judgement, const struct trace_model *model,
                  size_t max_events)
{
	if (judgement->findings == NULL)
		judgement->findings = trace_findings_create(model, NULL);
	if (judgement->findings != NULL)
		trace_findings_update_some(judgement->findings,
		                           judgement->was_rebuilt ? TRACE_REBUILT : 1, max_events);
	judgement->was_rebuilt = false;
}

const struct trace_findings *viz_judgement_findings(struct viz_judgement *judgement,
                                                    const struct trace_model *model)
{
	judge(judgement, model, SIZE_MAX);
	return judgement->findings;
}

static bool is_same(const struct viz_counted *a, const struct viz_counted *b)
{
	return a->of_all == b->of_all &&
	       (a->of_all || (a->ordinal == b->ordinal && a->now_ns == b->now_ns));
}

/* Whether the last numbers are those up to `until`. */
static bool is_fresh(const struct viz_judgement *judgement, const struct trace_model *model,
                     const struct viz_counted *until)
{
	size_t before = judgement->stats_events, now = model->n_events;
	if (!judgement->has_stats || !is_same(&judgement->stats_until, until))
		return false;
	if (!until->of_all)
		return before == now;
	if (before == now)
		return now > SMALL || model->status != 0;
	return model->status == 0 && now > SMALL && now - before < before / 8;
}

bool viz_judgement_is_counted(const struct viz_judgement *judgement,
                              const struct trace_model *model, const struct viz_counted *until)
{
	return is_fresh(judgement, model, until);
}

static void drop_pass(struct viz_judgement *judgement)
{
	trace_stats_pass_drop(judgement->pass);
	judgement->pass = NULL;
}

static void start_pass(struct viz_judgement *judgement, const struct trace_model *model,
                       const struct viz_counted *until)
{
	judgement->pass =
	        until->of_all ? trace_stats_pass_start(model)
	                      : trace_stats_pass_start_until(model, until->ordinal, until->now_ns);
	judgement->pass_events = model->n_events;
	judgement->pass_until = *until;
}

/* Go on counting up to `until`, or begin to. Returns whether there is more to do. */
static bool count(struct viz_judgement *judgement, const struct trace_model *model,
                  const struct viz_counted *until)
{
	if (judgement->pass != NULL && !is_same(&judgement->pass_until, until))
		drop_pass(judgement); /* the playhead has moved on */
	if (judgement->pass == NULL) {
		if (is_fresh(judgement, model, until))
			return false;
		start_pass(judgement, model, until);
	}
	int rc = judgement->pass != NULL ? trace_stats_pass_go_on(judgement->pass, PART) : -1;
	if (rc > 0)
		return true;
	if (rc == 0) {
		if (judgement->has_stats)
			trace_stats_fini(&judgement->stats);
		trace_stats_pass_take(judgement->pass, &judgement->stats);
		judgement->has_stats = true;
		judgement->stats_until = judgement->pass_until;
		judgement->stats_events = judgement->pass_events;
	}
	drop_pass(judgement);
	return false;
}

bool viz_judgement_go_on(struct viz_judgement *judgement, const struct trace_model *model,
                         const struct viz_counted *until)
{
	if (judgement->was_rebuilt)
		drop_pass(judgement);
	/* while it is live, what is open is measured by the clock */
	if (judgement->findings == NULL || judgement->was_rebuilt || model->status == 0 ||
	    trace_findings_is_behind(judgement->findings))
		judge(judgement, model, PART);
	bool has_more =
	        judgement->findings != NULL && trace_findings_is_behind(judgement->findings);
	if (until != NULL && !has_more)
		has_more = count(judgement, model, until);
	return has_more;
}

const struct trace_findings *viz_judgement_known_findings(const struct viz_judgement *judgement)
{
	return judgement->findings;
}

const struct trace_stats *viz_judgement_known_stats(const struct viz_judgement *judgement)
{
	return judgement->has_stats ? &judgement->stats : NULL;
}

/* Count all at once. */
static const struct trace_stats *count_now(struct viz_judgement *judgement,
                                           const struct trace_model *model,
                                           const struct viz_counted *until)
{
	if (is_fresh(judgement, model, until))
		return &judgement->stats;
	if (judgement->has_stats)
		trace_stats_fini(&judgement->stats);
	int rc = until->of_all ? trace_stats_make(&judgement->stats, model)
	                       : trace_stats_make_until(&judgement->stats, model, until->ordinal,
	                                                until->now_ns);
	judgement->has_stats = rc == 0;
	judgement->stats_events = model->n_events;
	judgement->stats_until = *until;
	return judgement->has_stats ? &judgement->stats : NULL;
}

const struct trace_stats *viz_judgement_stats(struct viz_judgement *judgement,
                                              const struct trace_model *model)
{
	return count_now(judgement, model, &(struct viz_counted){.of_all = true});
}

const struct trace_stats *viz_judgement_stats_at(struct viz_judgement *judgement,
                                                 const struct trace_model *model, uint32_t ordinal,
                                                 uint64_t now_ns)
{
	return count_now(judgement, model,
	                 &(struct viz_counted){.ordinal = ordinal, .now_ns = now_ns});
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
