/* Parts stand end to end, so the one in force is found by halving. Parts of one record (a wait, and that it ended late) begin with one
 * event: in the order of events the first of them speaks for both.
 */
#include "viz/explain/critical.h"

#include "viz/explain/explain.h"

int viz_critical_find(struct viz_critical *critical, const struct trace_model *model)
{
	*critical = (struct viz_critical){.total_ns = 0};
	if (trace_path_find(&critical->path, model) != TRACE_OK)
		return -1;
	for (size_t i = 0; i < critical->path.n; i++) {
		const struct trace_path_part *part = &critical->path.parts[i];
		critical->kind_ns[part->kind] += part->t1_ns - part->t0_ns;
		critical->total_ns += part->t1_ns - part->t0_ns;
	}
	return 0;
}

void viz_critical_fini(struct viz_critical *critical)
{
	trace_path_fini(&critical->path);
}

size_t viz_critical_at_time(const struct viz_critical *critical, uint64_t t_ns)
{
	const struct trace_path *path = &critical->path;
	size_t low = 0, high = path->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (path->parts[middle].t1_ns <= t_ns)
			low = middle + 1;
		else
			high = middle;
	}
	return low < path->n && path->parts[low].t0_ns <= t_ns ? low : path->n;
}

size_t viz_critical_at_event(const struct viz_critical *critical, uint32_t ordinal)
{
	const struct trace_path *path = &critical->path;
	size_t low = 0, high = path->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (path->parts[middle].ordinal <= ordinal)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? low - 1 : path->n;
}

void viz_critical_say_why(struct viz_text *text, const struct trace_model *model,
                          const struct trace_path_part *part)
{
	const char *on = trace_on_name(part->on);
	const char *by = part->by < model->n_lanes ? model->lanes[part->by].name : NULL;
	switch (part->kind) {
	case TRACE_PATH_RUNNING:
		viz_text_add(text, "runs");
		break;
	case TRACE_PATH_READY:
		viz_text_add(text, "is ready%s%s%s", by ? ", " : "", by ? by : "",
		             by ? " runs" : "");
		break;
	case TRACE_PATH_WAITING:
		if (part->object != TRACE_NONE)
			on = model->lanes[part->object].name;
		if (part->on == TRACE_ON_SLEEP)
			viz_text_add(text, "sleeps");
		else
			viz_text_add(text, "waits for %s", on ? on : "?");
		break;
	case TRACE_PATH_LATE:
		viz_text_add(text, "is late: %s keeps the loop", by ? by : "something");
		break;
	default:
		viz_text_add(text, "between two steps");
	}
}

void viz_critical_say(struct viz_text *text, const struct viz_critical *critical)
{
	/* what a reader can do something about comes first */
	static const enum trace_path_kind order[] = {TRACE_PATH_RUNNING, TRACE_PATH_WAITING,
	                                             TRACE_PATH_READY, TRACE_PATH_LATE,
	                                             TRACE_PATH_LOOP};
	viz_text_add(text, "critical path: ");
	viz_text_add_duration(text, critical->total_ns);
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
		uint64_t ns = critical->kind_ns[order[i]];
		if (ns == 0)
			continue;
		viz_text_add(text, ", %s ", trace_path_kind_name(order[i]));
		viz_text_add_duration(text, ns);
		viz_text_add(text, " (%.0f %%)", 100.0 * (double)ns / (double)critical->total_ns);
	}
}
