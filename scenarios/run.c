/* Runs one lesson in this process, as its scn_run describes it: translates the description into the
 * runtime's options and the runtime's code into an exit status. */
#include "runtime/ganttop.h"
#include "scenarios/scenario.h"
#include "scenarios/sources.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUE_BYTES 24 /* a 64-bit number in decimal, its sign and its end */

/* The parameters as the recording wants them. */
struct texts {
	struct gt_param params[SCN_PARAMS_MAX];
	char values[SCN_PARAMS_MAX][VALUE_BYTES];
	char source[128];
};

static void write_texts(struct texts *texts, const struct scn_args *args)
{
	const struct scenario *scenario = args->scenario;

	for (size_t i = 0; i < scenario->n_params; i++) {
		snprintf(texts->values[i], VALUE_BYTES, "%" PRId64, args->values[i]);
		texts->params[i].name = scenario->params[i].name;
		texts->params[i].value = texts->values[i];
	}
	scn_source_path(texts->source, sizeof(texts->source), scenario, SCN_SOURCE_C);
}

/* The size of the pool of threads, for the lessons that have a parameter of that name; 0: as it comes. */
static uint32_t pool_size(const struct scn_args *args)
{
	for (size_t i = 0; i < args->scenario->n_params; i++)
		if (strcmp(args->scenario->params[i].name, "pool") == 0)
			return (uint32_t)args->values[i];
	return 0;
}

/* Under the real clock the threads are libuv's, whose number is asked for in the environment. */
static void ask_for_threads(uint32_t n_threads)
{
	char number[VALUE_BYTES];

	if (n_threads == 0)
		return;
	snprintf(number, VALUE_BYTES, "%" PRIu32, n_threads);
	setenv("UV_THREADPOOL_SIZE", number, 1);
}

static void report_log_error(const char *sentence, void *arg)
{
	(void)arg;
	fprintf(stderr, "ganttop: %s\n", sentence);
}

int scn_run(const struct scn_run *run)
{
	const struct scenario *scenario = run->args.scenario;
	struct gt_options options = GT_OPTIONS_INIT;
	struct scn_args args = run->args;
	struct texts texts;
	int code;

	if (scenario->run)
		return scenario->run(run);
	write_texts(&texts, &args);
	options.clock = (enum gt_clock)run->clock;
	options.speed_ppm = run->speed_ppm ? run->speed_ppm : options.speed_ppm;
	options.hold = run->hold;
	options.seed = run->seed;
	options.policy = run->policy ? run->policy : scn_args_policy(&args);
	options.n_threads = pool_size(&args);
	ask_for_threads(options.n_threads);
	options.log = run->log;
	options.ring_bytes = run->ring_bytes;
	options.title = scenario->title;
	options.lesson = scenario->name;
	options.question = scenario->question;
	options.source = texts.source;
	options.params = texts.params;
	options.n_params = scenario->n_params;
	options.on_log_error = report_log_error;
	code = gt_run(&options, scenario->body, &args);
	if (code == GT_ELOG) {
		/* It has been said; a disk that is full costs the recording and not the run. */
		options.log = NULL;
		code = gt_run(&options, scenario->body, &args);
	}
	return code == 0 ? 0 : 1;
}
