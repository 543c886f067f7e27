/* One pass over the events. A task's state is closed by its next record, or by the end; what was open then is counted up to it. */
#include "trace/analysis/stats.h"

#include <stdlib.h>

#include "trace/analysis/stats_private.h"
#include "trace/array.h"

struct trace_stats_pass {
	struct trace_summing sum;
	struct trace_stats stats;
	const struct trace_model *model;
	size_t next, n_events;
	bool is_over;
};

static int start(struct trace_stats_pass *pass, const struct trace_model *model, size_t n,
                 uint64_t now_ns)
{
	*pass = (struct trace_stats_pass){.model = model, .n_events = n};
	return trace_summing_init(&pass->sum, &pass->stats, model, n, now_ns);
}

int trace_stats_pass_go_on(struct trace_stats_pass *pass, size_t max_events)
{
	size_t left = pass->n_events - pass->next;
	size_t end = pass->next + (left < max_events ? left : max_events);
	for (; pass->next < end; pass->next++) {
		const struct trace_record *record =
		        trace_model_event(pass->model, (uint32_t)pass->next);
		int rc = trace_summing_event(&pass->sum, record);
		if (rc != TRACE_OK)
			return rc;
	}
	if (pass->next < pass->n_events)
		return 1;
	int rc = pass->is_over ? TRACE_OK : trace_summing_end(&pass->sum);
	pass->is_over = true;
	return rc;
}

static void finish(struct trace_stats_pass *pass)
{
	trace_summing_fini(&pass->sum);
	trace_stats_fini(&pass->stats);
}

/* Return how many events have happened at `ordinal`. */
static size_t n_until(const struct trace_model *model, uint32_t ordinal)
{
	return ordinal == TRACE_NONE || ordinal < model->n_events ? (size_t)(ordinal + 1)
	                                                          : model->n_events;
}

struct trace_stats_pass *trace_stats_pass_start_until(const struct trace_model *model,
                                                      uint32_t ordinal, uint64_t now_ns)
{
	struct trace_stats_pass *pass = malloc(sizeof *pass);
	if (pass == NULL || start(pass, model, n_until(model, ordinal), now_ns) == 0)
		return pass;
	trace_stats_pass_drop(pass);
	return NULL;
}

struct trace_stats_pass *trace_stats_pass_start(const struct trace_model *model)
{
	bool has_events = model->n_events > 0;
	return trace_stats_pass_start_until(model,
	                                    has_events ? (uint32_t)model->n_events - 1 : TRACE_NONE,
	                                    has_events ? trace_model_now_ns(model) : 0);
}

void trace_stats_pass_take(struct trace_stats_pass *pass, struct trace_stats *stats)
{
	*stats = pass->stats;
	pass->stats = (struct trace_stats){.begin_ns = 0};
}

void trace_stats_pass_drop(struct trace_stats_pass *pass)
{
	if (pass != NULL)
		finish(pass);
	free(pass);
}

int trace_stats_make_until(struct trace_stats *stats, const struct trace_model *model,
                           uint32_t ordinal, uint64_t now_ns)
{
	struct trace_stats_pass pass;
	*stats = (struct trace_stats){.begin_ns = 0};
	int rc = start(&pass, model, n_until(model, ordinal), now_ns);
	if (rc == TRACE_OK)
		rc = trace_stats_pass_go_on(&pass, SIZE_MAX);
	if (rc == TRACE_OK)
		trace_stats_pass_take(&pass, stats);
	finish(&pass);
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
	uint64_t calls_ns = stats->calls_ns, room_ns = UINT64_MAX - stats->running_ns;
	if (calls_ns > room_ns)
		calls_ns = room_ns;
	return ratio_ppm(stats->running_ns + calls_ns, stats->end_ns - stats->begin_ns);
}

uint64_t trace_stats_speedup_ppm(const struct trace_stats *stats)
{
	return ratio_ppm(stats->work_ns, stats->end_ns - stats->begin_ns);
}
