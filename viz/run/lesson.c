/* From words on the command line to a lesson and its run. */
#include "viz/run/lesson.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "scenarios/gts/gts.h"
#include "trace/vocabulary.h"

bool viz_lesson_is_file(const char *target)
{
	struct stat status;
	size_t bytes = strlen(target);
	if (scn_find(target) != NULL || gts_is_program(target))
		return false;
	if (strchr(target, '/') != NULL || strcmp(target, "-") == 0)
		return true;
	if (bytes > 4 && strcmp(target + bytes - 4, ".gtt") == 0)
		return true;
	return stat(target, &status) == 0;
}

static int load_program(const char *path, const struct scenario **out, struct viz_problem *problem)
{
	return gts_load(out, path, problem->text, sizeof problem->text) == 0 ? 0 : VIZ_EXIT_INPUT;
}

void viz_lesson_drop(const struct scenario *scenario)
{
	gts_unload(scenario);
}

int viz_lesson_find(const char *name, const struct scenario **out, struct viz_problem *problem)
{
	const char *near[2];
	const struct scenario *found = scn_find(name);
	if (found != NULL) {
		*out = found;
		return 0;
	}
	if (gts_is_program(name))
		return load_program(name, out, problem);
	switch (scn_nearest(name, near, 2)) {
	case 0:
		return viz_problem_set(problem, "unknown lesson '%s'; 'ganttop list' names them",
		                       name);
	case 1:
		return viz_problem_set(problem, "unknown lesson '%s'; did you mean '%s'?", name,
		                       near[0]);
	default:
		return viz_problem_set(problem, "unknown lesson '%s'; did you mean '%s' or '%s'?",
		                       name, near[0], near[1]);
	}
}

int viz_lesson_run(const struct viz_options *options, const struct scenario *scenario,
                   unsigned clock, struct scn_run *run, struct viz_problem *problem)
{
	*run = (struct scn_run){.speed_ppm = options->speed_ppm,
	                        .hold = options->step,
	                        .seed = options->seed,
	                        .ring_bytes = options->ring_bytes,
	                        .policy = options->policy};
	scn_args_init(&run->args, scenario);
	for (size_t i = 0; i < options->n_settings; i++)
		if (scn_args_set(&run->args, options->settings[i], problem->text,
		                 sizeof problem->text) != 0)
			return VIZ_EXIT_USAGE;
	run->clock = scenario->needs_real_clock ? (unsigned)TRACE_CLOCK_REAL : clock;
	if (options->clock != 0)
		run->clock = options->clock;
	if (scenario->needs_real_clock && run->clock != TRACE_CLOCK_REAL)
		return viz_problem_set(problem, "lesson '%s' needs --clock real", scenario->name);
	return 0;
}

bool viz_lesson_is_in(const struct scenario *scenario, const char *word)
{
	const char *chapter = scenario->chapter;
	size_t digits = strspn(chapter, "0123456789");
	if (strlen(word) == digits && strncmp(word, chapter, digits) == 0)
		return true;
	return strcasecmp(word, chapter) == 0 ||
	       strcasecmp(word, chapter + digits + strspn(chapter + digits, " ")) == 0;
}

const char *viz_lesson_chapter(const char *word)
{
	for (size_t i = 0; i < scn_count(); i++)
		if (viz_lesson_is_in(scn_at(i), word))
			return scn_at(i)->chapter;
	return NULL;
}
