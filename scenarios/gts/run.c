/* Running a program: the main task, and the lines that are the loop's own. */
#include <inttypes.h>
#include <string.h>

#include "scenarios/gts/gts.h"
#include "scenarios/gts/machine.h"

#define VALUE_BYTES 24 /* a 64-bit number in decimal, its sign and its end */

#define STACK_BYTES (256u << 10) /* blocks in blocks are calls in calls */

static void say_shutdown(const struct gts_machine *machine)
{
	size_t n = 0;
	for (const struct gts_actor *a = machine->actors; a; a = a->next)
		n += !gt_is_done(a->task);
	gts_say(machine, "loop", "shutdown %zu", n);
}

static void say_deadlock(struct gts_machine *machine)
{
	struct gts_text *text = &machine->text;
	gts_text_clear(text);
	gts_text_add(text, "deadlock");
	for (const struct gts_actor *a = machine->actors; a; a = a->next) {
		if (gt_is_done(a->task))
			continue;
		gts_text_add(text, " ");
		gts_text_add(text, a->name);
	}
	gts_say(machine, "loop", "%s", text->bytes);
}

static void say_phase(enum gt_phase phase, void *arg)
{
	struct gts_machine *machine = arg;
	switch (phase) {
	case GT_PHASE_SHUTDOWN:
		say_shutdown(machine);
		break;
	case GT_PHASE_DEADLOCK:
		say_deadlock(machine);
		break;
	case GT_PHASE_FINISHED:
		gts_say(machine, "loop", "finished");
		break;
	}
}

static int play_main(void *arg)
{
	struct gts_machine *machine = arg;
	const struct gts_program *program = machine->program;
	struct gts_actor *actor = gts_actor_create(machine, program->main_handle, program->main);
	if (!actor)
		return GT_ENOMEM;
	gts_actor_enter(actor, program->main_handle, gt_retain(gt_self()));
	int rc = gts_machine_declare(machine);
	return rc ? rc : gts_play(actor);
}

static void say_log_error(const char *sentence, void *arg)
{
	(void)arg;
	fprintf(stderr, "ganttop: %s\n", sentence);
}

/* The parameters as the recording wants them. */
struct texts {
	struct gt_param params[SCN_PARAMS_MAX];
	char values[SCN_PARAMS_MAX][VALUE_BYTES];
};

static void write_texts(struct texts *texts, const struct scn_args *args)
{
	for (size_t i = 0; i < args->scenario->n_params; i++) {
		snprintf(texts->values[i], VALUE_BYTES, "%" PRId64, args->values[i]);
		texts->params[i] =
		        (struct gt_param){args->scenario->params[i].name, texts->values[i]};
	}
}

/* The size of the pool of threads, for programs that have a parameter of that name; 0: as it comes. */
static uint32_t pool_size(const struct scn_args *args)
{
	for (size_t i = 0; i < args->scenario->n_params; i++)
		if (strcmp(args->scenario->params[i].name, "pool") == 0 && args->values[i] > 0)
			return (uint32_t)args->values[i];
	return 0;
}

int gts_run(const struct scn_run *run, FILE *out)
{
	const struct gts_program *program = (const void *)run->args.scenario;
	struct gt_options options = GT_OPTIONS_INIT;
	struct gts_machine machine;
	struct texts texts;
	if (gts_machine_init(&machine, program, &run->args, out) != 0)
		return 1;
	write_texts(&texts, &run->args);
	options.clock = (enum gt_clock)run->clock;
	options.speed_ppm = run->speed_ppm ? run->speed_ppm : options.speed_ppm;
	options.hold = run->hold;
	options.seed = run->seed;
	options.policy = run->policy;
	options.stack_bytes = STACK_BYTES;
	options.log = run->log;
	options.title = program->scenario.title;
	options.question = program->scenario.question;
	options.source = program->file;
	options.params = texts.params;
	options.n_params = program->n_params;
	options.on_log_error = say_log_error;
	options.ends_at_once = true;
	options.on_phase = say_phase;
	options.on_phase_arg = &machine;
	options.n_threads = pool_size(&run->args);
	int rc = gt_run(&options, play_main, &machine);
	if (rc == GT_ELOG) {
		/* It has been said; a disk that is full costs the recording and not the run. */
		options.log = NULL;
		rc = gt_run(&options, play_main, &machine);
	}
	gts_machine_fini(&machine);
	return rc == 0 ? 0 : 1;
}
