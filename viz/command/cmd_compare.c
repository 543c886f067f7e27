/* `compare A B`: two runs or recordings on one axis. `compare A`: a lesson and its partner.
 *
 * Options stand behind what they are for: those before A are for both, those behind A for A, those behind B for B.
 */
#include "viz/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "viz/classroom/pair.h"
#include "viz/command/cli.h"
#include "viz/app/interactive.h"
#include "viz/run/lesson.h"
#include "viz/export/paper.h"
#include "viz/run/source.h"

/* Read the options of one operand: the words before A, and those from the operand to the next one. */
static int options_of(struct viz_options *side, const struct viz_options *options, bool is_second,
                      struct viz_problem *problem)
{
	int n_common = options->target_at, from = is_second ? options->second_at : n_common;
	int to = is_second || options->second == NULL ? options->argc : options->second_at;
	char **words = calloc((size_t)options->argc + 1, sizeof *words);
	int n = 0;
	if (words == NULL)
		return viz_problem_set(problem, "out of memory");
	for (int i = 0; i < n_common; i++)
		words[n++] = options->argv[i];
	for (int i = from; i < to; i++)
		words[n++] = options->argv[i];
	int rc = viz_cli_parse(side, n, words, problem);
	free(words);
	return rc;
}

static int read_sides(struct viz_options sides[2], const struct viz_options *options,
                      struct viz_problem *problem)
{
	int rc = options_of(&sides[0], options, false, problem);
	if (rc == 0 && options->second != NULL)
		return options_of(&sides[1], options, true, problem);
	if (rc != 0)
		return rc;
	const struct scenario *scenario = scn_find(options->target);
	sides[1] = sides[0];
	sides[1].target = scenario != NULL ? scenario->pairs_with : NULL;
	sides[1].n_settings = 0;
	if (sides[1].target == NULL)
		return viz_problem_set(
		        problem, "compare needs two lessons or recordings: '%s' has no partner",
		        options->target);
	return 0;
}

/* What a side is called: its operand and its settings. */
static void name_side(char *name, size_t name_bytes, const struct viz_options *options)
{
	struct viz_text text = viz_text_begin(name, name_bytes);
	viz_text_add(&text, "%s", options->target);
	for (size_t i = 0; i < options->n_settings; i++)
		viz_text_add(&text, " %s", options->settings[i]);
	if (options->policy != NULL)
		viz_text_add(&text, " %s", options->policy);
	if (options->seed != 0)
		viz_text_add(&text, " seed=%llu", (unsigned long long)options->seed);
}

/* Make the pair of two sources, which lose their models to it. */
static int make_pair(struct viz_pair *pair, struct viz_source sources[2],
                     const struct viz_options sides[2], bool ascii, struct viz_problem *problem)
{
	char names[2][80];
	struct trace_model *models[2];
	for (int i = 0; i < 2; i++) {
		name_side(names[i], sizeof names[i], &sides[i]);
		models[i] = sources[i].model;
		sources[i].model = NULL;
	}
	if (viz_pair_init(pair, models[0], names[0], models[1], names[1], ascii) == 0)
		return 0;
	viz_problem_set(problem, "cannot compare: out of memory");
	return VIZ_EXIT_FAILED;
}

static int show(struct viz_pair *pair, const struct viz_options *options)
{
	struct viz_app app;
	if (!viz_interactive_is_possible(options)) {
		int rc = viz_pair_print(pair, viz_paper_width(options, stdout), stdout);
		viz_pair_fini(pair);
		return rc == 0 ? VIZ_EXIT_OK : viz_complain(VIZ_EXIT_FAILED, "out of memory");
	}
	viz_app_init(&app, options, viz_paper_is_ascii(options));
	viz_app_open_pair(&app, pair);
	int status = viz_interactive_run(&app);
	viz_app_fini(&app);
	return status;
}

int viz_cmd_compare(const struct viz_options *options)
{
	struct viz_source sources[2] = {VIZ_SOURCE_INIT, VIZ_SOURCE_INIT};
	struct viz_options sides[2];
	struct viz_problem problem;
	struct viz_pair pair;
	int status = VIZ_EXIT_OK;
	int rc = read_sides(sides, options, &problem);
	for (int i = 0; i < 2 && rc == 0; i++)
		rc = viz_source_open(&sources[i], &sides[i], &problem);
	if (rc == 0)
		rc = make_pair(&pair, sources, sides, viz_paper_is_ascii(options), &problem);
	if (rc == 0)
		status = show(&pair, options);
	else
		status = viz_complain(rc, problem.text);
	for (int i = 0; i < 2; i++) {
		int ended = rc == 0 ? viz_source_report(&sources[i]) : VIZ_EXIT_OK;
		status = status == VIZ_EXIT_OK ? ended : status;
		viz_source_close(&sources[i]);
	}
	return status;
}
