/* Statistics as JSON. Everything is a whole number: times in ns, ratios in millionths. */
#include "trace/analysis/stats_json.h"

#include "trace/json.h"

static const char *name_of(const struct trace_model *m, uint32_t lane)
{
	return m->lanes[lane].name;
}

static void write_waits(struct trace_json *json, const struct trace_model *m,
                        const struct trace_task_stats *task)
{
	trace_json_key(json, "waits");
	fputc('[', json->out);
	for (size_t i = 0; i < task->n_waits; i++) {
		const struct trace_wait_sum *wait = &task->waits[i];
		const char *on = trace_on_name(wait->on);
		if (i > 0)
			fputc(',', json->out);
		struct trace_json inner = trace_json_open(json->out);
		trace_json_string(&inner, "on", on ? on : "unknown");
		if (wait->object != TRACE_NONE) {
			trace_json_unsigned(&inner, "object", m->lanes[wait->object].id);
			trace_json_string(&inner, "name", name_of(m, wait->object));
		}
		trace_json_unsigned(&inner, "count", wait->n);
		trace_json_unsigned(&inner, "ns", wait->ns);
		trace_json_close(&inner);
	}
	fputc(']', json->out);
}

static void write_task(const struct trace_model *m, const struct trace_task_stats *task, FILE *out)
{
	struct trace_json json = trace_json_open(out);
	const char *outcome = trace_outcome_name(task->outcome);
	trace_json_unsigned(&json, "task", m->lanes[task->lane].id);
	trace_json_string(&json, "name", name_of(m, task->lane));
	trace_json_string(&json, "outcome", outcome ? outcome : "unfinished");
	trace_json_unsigned(&json, "born", task->born_ns);
	trace_json_unsigned(&json, "end", task->end_ns);
	trace_json_unsigned(&json, "life_ns", task->end_ns - task->born_ns);
	trace_json_unsigned(&json, "running_ns", task->running_ns);
	trace_json_unsigned(&json, "ready_ns", task->ready_ns);
	trace_json_unsigned(&json, "waiting_ns", task->waiting_ns);
	trace_json_unsigned(&json, "late_ns", task->late_ns);
	trace_json_unsigned(&json, "delay_ns", task->ready_ns + task->late_ns);
	trace_json_unsigned(&json, "work_ns", task->work_ns);
	trace_json_unsigned(&json, "steps", task->n_steps);
	trace_json_unsigned(&json, "longest_step_ns", task->longest_ns);
	write_waits(&json, m, task);
	trace_json_close(&json);
}

static void write_object(const struct trace_model *m, const struct trace_object_stats *object,
                         FILE *out)
{
	const struct trace_lane *lane = &m->lanes[object->lane];
	const char *kind = trace_object_kind_name(lane->object_kind);
	struct trace_json json = trace_json_open(out);
	trace_json_unsigned(&json, "object", lane->id);
	trace_json_string(&json, "name", lane->name);
	trace_json_string(&json, "kind", kind ? kind : "unknown");
	trace_json_unsigned(&json, "waits", object->n_waits);
	trace_json_unsigned(&json, "wait_ns", object->wait_ns);
	trace_json_unsigned(&json, "wait_max_ns", object->wait_max_ns);
	trace_json_unsigned(&json, "waiters_max", object->waiters_max);
	trace_json_unsigned(&json, "holds", object->n_holds);
	trace_json_unsigned(&json, "held_ns", object->held_ns);
	trace_json_signed(&json, "level_max", lane->level_max);
	trace_json_close(&json);
}

static void write_part(const struct trace_model *m, const struct trace_path_part *part, FILE *out)
{
	struct trace_json json = trace_json_open(out);
	trace_json_unsigned(&json, "begin", part->t0_ns);
	trace_json_unsigned(&json, "end", part->t1_ns);
	trace_json_unsigned(&json, "task", m->lanes[part->lane].id);
	trace_json_string(&json, "name", name_of(m, part->lane));
	trace_json_string(&json, "why", trace_path_kind_name(part->kind));
	if (part->kind == TRACE_PATH_WAITING || part->kind == TRACE_PATH_LATE) {
		const char *on = trace_on_name(part->on);
		trace_json_string(&json, "on", on ? on : "unknown");
	}
	if (part->object != TRACE_NONE) {
		trace_json_unsigned(&json, "object", m->lanes[part->object].id);
		trace_json_string(&json, "object_name", name_of(m, part->object));
	}
	if (part->by != TRACE_NONE) {
		trace_json_unsigned(&json, "by", m->lanes[part->by].id);
		trace_json_string(&json, "by_name", name_of(m, part->by));
	}
	trace_json_unsigned(&json, "ordinal", part->ordinal);
	trace_json_close(&json);
}

static void write_loop(struct trace_json *json, const struct trace_stats *stats)
{
	trace_json_key(json, "loop");
	struct trace_json loop = trace_json_open(json->out);
	trace_json_unsigned(&loop, "running_ns", stats->running_ns);
	trace_json_unsigned(&loop, "callbacks_ns", stats->calls_ns);
	trace_json_unsigned(&loop, "busy_ns", stats->running_ns + stats->calls_ns);
	trace_json_unsigned(&loop, "iterations", stats->n_ticks);
	trace_json_unsigned(&loop, "iterations_ns", stats->ticks_ns);
	trace_json_unsigned(&loop, "longest_iteration_ns", stats->longest_tick_ns);
	trace_json_unsigned(&loop, "steps", stats->n_steps);
	trace_json_unsigned(&loop, "callbacks", stats->n_calls);
	trace_json_unsigned(&loop, "utilisation_ppm", trace_stats_busy_ppm(stats));
	trace_json_close(&loop);
	trace_json_key(json, "lag");
	struct trace_json lag = trace_json_open(json->out);
	trace_json_unsigned(&lag, "count", stats->n_lags);
	trace_json_unsigned(&lag, "p50_ns", stats->lag_p50_ns);
	trace_json_unsigned(&lag, "p90_ns", stats->lag_p90_ns);
	trace_json_unsigned(&lag, "p99_ns", stats->lag_p99_ns);
	trace_json_unsigned(&lag, "max_ns", stats->lag_max_ns);
	trace_json_close(&lag);
}

static void write_concurrency(struct trace_json *json, const struct trace_stats *stats)
{
	trace_json_key(json, "concurrency");
	fputc('[', json->out);
	for (unsigned i = 0; i < TRACE_STATS_BUCKETS; i++) {
		if (i > 0)
			fputc(',', json->out);
		struct trace_json part = trace_json_open(json->out);
		trace_json_unsigned(&part, "begin", trace_stats_bucket_ns(stats, i));
		trace_json_unsigned(&part, "end", trace_stats_bucket_ns(stats, i + 1));
		trace_json_unsigned(&part, "work_ns", stats->overlap_ns[i]);
		trace_json_close(&part);
	}
	fputc(']', json->out);
}

/* Begin an array of objects, a line each. */
static void begin_rows(struct trace_json *json, const char *name)
{
	trace_json_key(json, name);
	fputc('[', json->out);
}

static void next_row(FILE *out, size_t i)
{
	fputs(i > 0 ? ",\n" : "\n", out);
}

static void write_head(struct trace_json *json, const struct trace_stats *stats,
                       const struct trace_model *m, const char *target)
{
	const char *status = trace_status_name(m->status);
	trace_json_string(json, "target", target);
	trace_json_string(json, "title", m->title);
	if (*m->question && !*m->lesson)
		trace_json_string(json, "note",
		                  m->question); /* what an imported trace cannot say */
	if (m->lesson[0])
		trace_json_string(json, "lesson", m->lesson);
	trace_json_string(json, "status", status ? status : "unfinished");
	trace_json_unsigned(json, "makespan_ns", stats->end_ns - stats->begin_ns);
	trace_json_unsigned(json, "sequential_ns", stats->work_ns);
	trace_json_unsigned(json, "speedup_ppm", trace_stats_speedup_ppm(stats));
	trace_json_unsigned(json, "fairness_ppm", stats->fairness_ppm);
	trace_json_unsigned(json, "alive_max", stats->alive_max);
	trace_json_unsigned(json, "lost", m->lost);
}

void trace_stats_write_json(const struct trace_stats *stats, const struct trace_path *path,
                            const struct trace_model *m, const char *target, FILE *out)
{
	struct trace_json json = trace_json_open(out);
	write_head(&json, stats, m, target);
	write_loop(&json, stats);
	begin_rows(&json, "tasks");
	for (size_t i = 0; i < stats->n_tasks; i++) {
		next_row(out, i);
		write_task(m, &stats->tasks[i], out);
	}
	fputs("],\n", out);
	json.has_fields = false;
	begin_rows(&json, "objects");
	for (size_t i = 0; i < stats->n_objects; i++) {
		next_row(out, i);
		write_object(m, &stats->objects[i], out);
	}
	fputs("],\n", out);
	json.has_fields = false;
	begin_rows(&json, "critical_path");
	for (size_t i = 0; i < path->n; i++) {
		next_row(out, i);
		write_part(m, &path->parts[i], out);
	}
	fputs("],\n", out);
	json.has_fields = false;
	write_concurrency(&json, stats);
	fputs("}\n", out);
}
