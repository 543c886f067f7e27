/* One pass over the events. A task's state is closed by its next record, or by the end; what was open then is counted up to it. */
#include "trace/analysis/stats.h"

#include <stdlib.h>

#include "trace/analysis/stats_private.h"
#include "trace/array.h"

int trace_stats_make(struct trace_stats *stats, const struct trace_model *model)
{
	struct trace_summing sum;
	*stats = (struct trace_stats){.begin_ns = 0};
	int rc = trace_summing_init(&sum, stats, model);
	for (size_t i = 0; rc == TRACE_OK && i < model->n_events; i++)
		rc = trace_summing_event(&sum, trace_model_event(model, (uint32_t)i));
	if (rc == TRACE_OK)
		rc = trace_summing_end(&sum);
	trace_summing_fini(&sum);
	if (rc != TRACE_OK)
		trace_stats_fini(stats);
	return rc;
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
