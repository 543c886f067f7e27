/* The page: a head of single numbers, a graph of the concurrency, a table of tasks, one of objects, and the critical path.
 *
 * All times of a page are in one unit, so that columns can be compared by eye; the head says which.
 */
#include "viz/command/stats_page.h"

#include <inttypes.h>
#include <string.h>

#include "viz/explain/critical.h"
#include "viz/text/format_time.h"
#include "viz/export/paper.h"
#include "viz/text/utf8.h"

#define NAME_COLS  14
#define TIME_COLS  9
#define ROWS_MAX   40u /* of a table */
#define CAUSES_MAX 3u

struct page {
	const struct trace_stats *stats;
	const struct trace_path *path;
	const struct trace_model *model;
	FILE *out;
	enum viz_time_unit unit;
	int decimals;
	bool ascii;
	const char *bold, *plain;
};

static uint64_t length_of(const struct trace_stats *stats)
{
	return stats->end_ns - stats->begin_ns;
}

static const char *time_text(const struct page *p, char text[VIZ_TIME_BYTES], uint64_t ns)
{
	return viz_format_time_in(text, ns, p->unit, p->decimals);
}

static void put_time(const struct page *p, uint64_t ns)
{
	char text[VIZ_TIME_BYTES];
	fprintf(p->out, "%*s", TIME_COLS, time_text(p, text, ns));
}

/* A ratio in millionths with two decimals, cut. */
static void put_ratio(const struct page *p, uint64_t ppm)
{
	fprintf(p->out, "%" PRIu64 ".%02" PRIu64, ppm / 1000000, ppm % 1000000 / 10000);
}

/* A name in exactly `cols` columns, cut with a dot when it is longer. */
static void put_name(const struct page *p, const char *name, int cols)
{
	const char *at = name;
	int used = 0, whole = viz_utf8_cols(name);
	while (*at != '\0') {
		const char *next = at;
		int width = viz_utf8_width(viz_utf8_next(&next));
		if (used + width > (whole > cols ? cols - 1 : cols))
			break;
		used += width;
		at = next;
	}
	fprintf(p->out, "%.*s", (int)(at - name), name);
	if (whole > cols)
		used += fprintf(p->out, ".");
	fprintf(p->out, "%*s", cols > used ? cols - used : 0, "");
}

static void put_label(const struct page *p, const char *label)
{
	fprintf(p->out, "%s%-12s%s", p->bold, label, p->plain);
}

static void print_head(const struct page *p)
{
	const struct trace_stats *s = p->stats;
	const char *unit = viz_time_unit_name(p->unit);
	char text[VIZ_TIME_BYTES];
	if (p->model->question[0] != '\0' && p->model->lesson[0] == '\0') {
		/* of a trace of somebody else's: what it cannot say */
		put_label(p, "note");
		fprintf(p->out, "%s\n", p->model->question);
	}
	put_label(p, "makespan");
	fprintf(p->out, "%s %s\n", time_text(p, text, length_of(s)), unit);
	put_label(p, "sequential");
	fprintf(p->out, "%s %s of work, one after the other; speed-up ",
	        time_text(p, text, s->work_ns), unit);
	put_ratio(p, trace_stats_speedup_ppm(s));
	fputc('\n', p->out);
	put_label(p, "loop");
	uint64_t busy_ppm = trace_stats_busy_ppm(s);
	fprintf(p->out, "busy %s %s, %" PRIu64 ".%" PRIu64 " %%; ",
	        time_text(p, text, s->running_ns + s->calls_ns), unit, busy_ppm / 10000,
	        busy_ppm % 10000 / 1000);
	fprintf(p->out, "%" PRIu64 " steps in %" PRIu64 " iterations, the longest ", s->n_steps,
	        s->n_ticks);
	fprintf(p->out, "%s %s\n", time_text(p, text, s->longest_tick_ns), unit);
	put_label(p, "delay");
	fprintf(p->out, "of a step: median %s, ", time_text(p, text, s->lag_p50_ns));
	fprintf(p->out, "90 %% %s, ", time_text(p, text, s->lag_p90_ns));
	fprintf(p->out, "99 %% %s, ", time_text(p, text, s->lag_p99_ns));
	fprintf(p->out, "worst %s %s\n", time_text(p, text, s->lag_max_ns), unit);
	put_label(p, "fairness");
	put_ratio(p, s->fairness_ppm);
	fputs(" (1: all tasks got the same share of the turns that they wanted)\n", p->out);
}

/* The height of a part of the graph, 0 to 8: work done in it, as a share of the most. */
static unsigned height_of(const struct trace_stats *s, unsigned i, uint64_t most)
{
	if (s->overlap_ns[i] == 0)
		return 0;
	unsigned height = (unsigned)((double)s->overlap_ns[i] * 8 / (double)most + 0.5);
	return height ? height : 1;
}

static void print_concurrency(const struct page *p)
{
	static const char *const bars[] = {" ",      "\u2581", "\u2582", "\u2583", "\u2584",
	                                   "\u2585", "\u2586", "\u2587", "\u2588"};
	static const char marks[] = " .:-=+*%#";
	const struct trace_stats *s = p->stats;
	uint64_t most = 0;
	for (unsigned i = 0; i < TRACE_STATS_BUCKETS; i++)
		if (s->overlap_ns[i] > most)
			most = s->overlap_ns[i];
	uint64_t part_ns = length_of(s) / TRACE_STATS_BUCKETS;
	if (most == 0 || part_ns == 0)
		return;
	fputc('\n', p->out);
	put_label(p, "at once");
	for (unsigned i = 0; i < TRACE_STATS_BUCKETS; i++) {
		unsigned height = height_of(s, i, most);
		if (p->ascii)
			fputc(marks[height], p->out);
		else
			fputs(bars[height], p->out);
	}
	uint64_t tenths = most * 10 / part_ns;
	fprintf(p->out, "\n%-12smean ", "");
	put_ratio(p, trace_stats_speedup_ppm(s));
	fprintf(p->out, ", at most %" PRIu64 ".%" PRIu64 " at work; %" PRIu32 " tasks alive\n",
	        tenths / 10, tenths % 10, s->alive_max);
}

/* The causes of most of the waiting, on what is left of the line. */
static void print_causes(const struct page *p, const struct trace_task_stats *task)
{
	bool said[64] = {false};
	size_t n = task->n_waits < 64 ? task->n_waits : 64;
	int room = 80 - NAME_COLS - 4 * TIME_COLS - 2;
	for (unsigned k = 0; k < CAUSES_MAX; k++) {
		size_t best = n;
		for (size_t i = 0; i < n; i++)
			if (!said[i] && task->waits[i].ns > 0 &&
			    (best == n || task->waits[i].ns > task->waits[best].ns))
				best = i;
		if (best == n)
			return;
		const struct trace_wait_sum *wait = &task->waits[best];
		const char *on = trace_on_name(wait->on);
		char time[VIZ_TIME_BYTES], text[160];
		if (wait->object != TRACE_NONE)
			on = p->model->lanes[wait->object].name;
		snprintf(text, sizeof text, "%s%s %s", k > 0 ? ", " : "  ", on ? on : "?",
		         time_text(p, time, wait->ns));
		if (viz_utf8_cols(text) > room)
			return;
		room -= viz_utf8_cols(text);
		fputs(text, p->out);
		said[best] = true;
	}
}

static void print_tasks(const struct page *p)
{
	const struct trace_stats *s = p->stats;
	if (s->n_tasks == 0)
		return;
	fprintf(p->out, "\n%s%-*s%*s%*s%*s%*s  of that%s\n", p->bold, NAME_COLS, "task", TIME_COLS,
	        "running", TIME_COLS, "ready", TIME_COLS, "late", TIME_COLS, "waiting", p->plain);
	for (size_t i = 0; i < s->n_tasks && i < ROWS_MAX; i++) {
		const struct trace_task_stats *task = &s->tasks[i];
		put_name(p, p->model->lanes[task->lane].name, NAME_COLS);
		put_time(p, task->running_ns);
		put_time(p, task->ready_ns);
		put_time(p, task->late_ns);
		put_time(p, task->waiting_ns);
		print_causes(p, task);
		fputc('\n', p->out);
	}
	if (s->n_tasks > ROWS_MAX)
		fprintf(p->out, "and %zu more; --json has them all\n", s->n_tasks - ROWS_MAX);
}

static void print_objects(const struct page *p)
{
	const struct trace_stats *s = p->stats;
	if (s->n_objects == 0)
		return;
	fprintf(p->out, "\n%s%-*s%*s%*s%*s%*s%*s%s\n", p->bold, NAME_COLS, "object", TIME_COLS,
	        "waits", TIME_COLS, "in all", TIME_COLS, "longest", TIME_COLS, "in line", TIME_COLS,
	        "held", p->plain);
	for (size_t i = 0; i < s->n_objects && i < ROWS_MAX; i++) {
		const struct trace_object_stats *object = &s->objects[i];
		put_name(p, p->model->lanes[object->lane].name, NAME_COLS);
		fprintf(p->out, "%*" PRIu64, TIME_COLS, object->n_waits);
		put_time(p, object->wait_ns);
		put_time(p, object->wait_max_ns);
		fprintf(p->out, "%*" PRIu32, TIME_COLS, object->waiters_max);
		put_time(p, object->held_ns);
		fputc('\n', p->out);
	}
	if (s->n_objects > ROWS_MAX)
		fprintf(p->out, "and %zu more; --json has them all\n", s->n_objects - ROWS_MAX);
}

static void print_part(const struct page *p, const struct trace_path_part *part)
{
	put_time(p, part->t0_ns);
	put_time(p, part->t1_ns);
	put_time(p, part->t1_ns - part->t0_ns);
	fputs("  ", p->out);
	put_name(p, p->model->lanes[part->lane].name, NAME_COLS);
	char why[300];
	struct viz_text text = viz_text_begin(why, sizeof why);
	viz_critical_say_why(&text, p->model, part);
	fprintf(p->out, " %s\n", why);
}

static void print_path(const struct page *p)
{
	if (p->path->n == 0)
		return;
	fprintf(p->out, "\n%s%*s%*s%*s  %s%s\n", p->bold, TIME_COLS, "from", TIME_COLS, "to",
	        TIME_COLS, "length", "critical path: why it took that long", p->plain);
	for (size_t i = 0; i < p->path->n && i < ROWS_MAX; i++)
		print_part(p, &p->path->parts[i]);
	if (p->path->n > ROWS_MAX)
		fprintf(p->out, "and %zu more; --json has them all\n", p->path->n - ROWS_MAX);
}

void viz_stats_page(const struct viz_options *options, const struct trace_stats *stats,
                    const struct trace_path *path, const struct trace_model *model, FILE *out)
{
	bool color = viz_paper_is_colored(options, out);
	struct page page = {
	        .stats = stats,
	        .path = path,
	        .model = model,
	        .out = out,
	        .unit = viz_time_unit(length_of(stats)),
	        .decimals = 3,
	        .ascii = viz_paper_is_ascii(options),
	        .bold = color ? "\x1b[1m" : "",
	        .plain = color ? "\x1b[0m" : "",
	};
	if (model->title[0] != '\0')
		fprintf(out, "%s%s%s%s\n\n", model->lesson, model->lesson[0] != '\0' ? ": " : "",
		        model->title, "");
	print_head(&page);
	print_concurrency(&page);
	print_tasks(&page);
	print_objects(&page);
	print_path(&page);
}
