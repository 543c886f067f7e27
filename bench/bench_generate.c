/* Write a recording to look at: bench_generate FILE [LANES [STEPS]].
 *
 * LANES tasks wait, become ready and run in turn, STEPS times in all, around one semaphore. Every state follows the
 * rules of a true recording (one runner at a time, waiting -> ready -> running), so that the reader's checks run as
 * they do on a real one. Nothing is random: the same arguments give the same file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/measure.h"
#include "trace/writer.h"

#define STEP_NS 5000u /* between two tasks' turns */

struct generator {
	struct trace_pen pen;
	uint64_t t_ns;
	uint32_t n_lanes;
};

static void state(struct generator *g, uint32_t task, uint8_t sub, uint16_t arg)
{
	trace_emit(&g->pen, (struct trace_record){.t_ns = g->t_ns,
	                                          .id = task,
	                                          .arg = arg,
	                                          .sub = sub,
	                                          .kind = TRACE_STATE});
}

static void meta(struct generator *g, uint8_t key, const char *value)
{
	uint32_t text = trace_pen_string(&g->pen, value, strlen(value));
	trace_emit(&g->pen, (struct trace_record){.b = text, .sub = key, .kind = TRACE_META});
}

static void begin(struct generator *g)
{
	char name[32];

	meta(g, TRACE_META_TITLE, "many lanes");
	meta(g, TRACE_META_SOURCE, "bench_generate");
	meta(g, TRACE_META_POLICY, "fifo");
	uint32_t permits = trace_pen_intern(&g->pen, "permits");
	trace_emit(&g->pen, (struct trace_record){.id = 1,
	                                          .a = permits,
	                                          .b = 2,
	                                          .sub = TRACE_OBJECT_SEMAPHORE,
	                                          .kind = TRACE_OBJECT});
	for (uint32_t task = 1; task <= g->n_lanes; task++) {
		int n = snprintf(name, sizeof name, "task-%04u", (unsigned)task);
		uint32_t id = trace_pen_string(&g->pen, name, (size_t)n);
		trace_emit(&g->pen, (struct trace_record){.id = task, .a = id, .kind = TRACE_TASK});
		state(g, task, TRACE_STATE_READY, TRACE_WHY_START);
	}
}

/* Let `task`, which is ready, run and then wait; the task half the lanes away becomes ready. */
static void turn(struct generator *g, uint32_t task, uint32_t step)
{
	uint32_t wake = (task - 1 + g->n_lanes / 2) % g->n_lanes + 1;

	state(g, task, TRACE_STATE_RUNNING, 0);
	g->t_ns += STEP_NS / 2;
	if (step >= g->n_lanes / 2)
		state(g, wake, TRACE_STATE_READY, TRACE_WHY_TIMER);
	trace_emit(&g->pen, (struct trace_record){
	                            .t_ns = g->t_ns, .id = 1, .b = step % 3, .kind = TRACE_LEVEL});
	g->t_ns += STEP_NS / 2;
	state(g, task, TRACE_STATE_WAITING, TRACE_ON_SLEEP);
}

/* The first round finds every task ready; from its second half on each turn wakes a task that waits. */
static void play(struct generator *g, uint32_t n_steps)
{
	begin(g);
	for (uint32_t step = 0; step < n_steps; step++)
		turn(g, step % g->n_lanes + 1, step);
	trace_emit(&g->pen, (struct trace_record){.t_ns = g->t_ns,
	                                          .sub = TRACE_STATUS_FINISHED,
	                                          .kind = TRACE_END});
}

int main(int argc, char **argv)
{
	struct trace_writer_options options = {.clock = TRACE_CLOCK_VIRTUAL};
	struct generator g = {.n_lanes = 1000};
	struct trace_writer *writer;
	struct trace_error error;

	if (argc < 2)
		measure_die("write", "a recording", "usage: bench_generate FILE [LANES [STEPS]]");
	if (argc > 2)
		g.n_lanes = (uint32_t)strtoul(argv[2], NULL, 10) & ~1u;
	uint32_t n_steps = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 100 * g.n_lanes;
	if (g.n_lanes < 2)
		measure_die("write", argv[1], "two lanes at least are needed");
	if (trace_writer_open(&writer, argv[1], &options, &error) != 0)
		measure_die("write", argv[1], error.text);
	trace_pen_init(&g.pen, writer);
	play(&g, n_steps);
	trace_pen_fini(&g.pen);
	trace_writer_close(writer);
	return 0;
}
