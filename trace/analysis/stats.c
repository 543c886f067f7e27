/* One pass over the events. A task's state is closed by its next record, or by the end; what was open then is counted up to it. */
#include "trace/analysis/stats.h"

#include <stdlib.h>

#include "trace/analysis/stats_private.h"
#include "trace/array.h"

int trace_stats_make_until(struct trace_stats *stats, const struct trace_model *model,
                           uint32_t ordinal, uint64_t now_ns)
{
	struct trace_summing sum;
	size_t n = ordinal == TRACE_NONE || ordinal < model->n_events ? (size_t)(ordinal + 1)
	                                                              : model->n_events;
	*stats = (struct trace_stats){.begin_ns = 0};
	int rc = trace_summing_init(&sum, stats, model, n, now_ns);
	for (size_t i = 0; rc == TRACE_OK && i < n; i++)
		rc = trace_summing_event(&sum, trace_model_event(model, (uint32_t)i));
	if (rc == TRACE_OK)
		rc = trace_summing_end(&sum);
	trace_summing_fini(&sum);
	if (rc != TRACE_OK)
		trace_stats_fini(stats);
	return rc;
}

int trace_stats_make(struct trace_stats *stats, const struct trace_model *model)
{
	uint32_t last = model->n_events > 0 ? (uint32_t)model->n_events - 1 : TRACE_NONE;
	return trace_stats_make_until(stats, model, last,
	                              model->n_events > 0 ? trace_model_now_ns(model) : 0);
}

void trace_stats_fini(struct trace_stats *stats)
{
	for (size_t i = 0; i < stats->n_tasks; i++)
		free(stats->tasks[i].waits);
	free(stats->tasks);
	free(stats->objects);
	*stats = (struct trace_stats){.begin_ns = 0};
}

uint64_t trace_stats_bucket_ns(const struct trace_stats *stats, unsigned i)
{
	uint64_t length_ns = stats->end_ns - stats->begin_ns;
	uint64_t whole = length_ns / TRACE_STATS_BUCKETS, rest = length_ns % TRACE_STATS_BUCKETS;
	return stats->begin_ns + whole * i + rest * i / TRACE_STATS_BUCKETS;
}

/* ns / length_ns in millionths, without leaving 64 bits; 0 when no time has passed. */
static uint64_t ratio_ppm(uint64_t ns, uint64_t length_ns)
{
	if (length_ns == 0)
		return 0;
	uint64_t whole = ns / length_ns, rest = ns % length_ns;
	while (rest > UINT64_MAX / 1000000) {
		rest /= 2;
		length_ns /= 2;
	}
	return whole * 1000000 + rest * 1000000 / length_ns;
}

uint64_t trace_stats_busy_ppm(const struct trace_stats *stats)
{
	return ratio_ppm(stats->running_ns + stats->calls_ns, stats->end_ns - stats->begin_ns);
}

uint64_t trace_stats_speedup_ppm(const struct trace_stats *stats)
{
	return ratio_ppm(stats->work_ns, stats->end_ns - stats->begin_ns);
}
