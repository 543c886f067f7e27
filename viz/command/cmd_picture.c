/* `_picture`: a screen of the program as a picture, after keys were pressed. For the README: what it shows are the program's own
 * screens and not drawings of them, also those that are no export (questions, what-if, two runs beside each other).
 *
 * The lesson runs under the virtual clock, and before every key everything has come to rest, so a picture repeats.
 */
#include "viz/command/commands.h"

#include <string.h>
#include <time.h>

#include "viz/app/app.h"
#include "viz/canvas/canvas.h"
#include "viz/input/key.h"
#include "viz/run/lesson.h"
#include "viz/files/out_file.h"

enum { ROWS = 24, COLS = 80, PATIENCE = 2000, REST_MS = 2 };

/* Wait until nothing moves. */
static void come_to_rest(struct viz_app *app)
{
	const struct timespec rest = {.tv_nsec = REST_MS * 1000000L};
	for (int i = 0; i < PATIENCE; i++) {
		if (!viz_app_update(app) && viz_app_period_ms(app) == 0)
			return;
		nanosleep(&rest, NULL);
	}
}

/* Press the keys of a list like "b Down Enter". */
static int press_all(struct viz_app *app, struct viz_grid *grid, const char *keys,
                     struct viz_problem *problem)
{
	while (*keys != '\0') {
		size_t bytes = strcspn(keys, " ");
		struct viz_key key = {.code = viz_key_parse(keys, bytes)};
		if (key.code == VIZ_KEY_NONE)
			return viz_problem_set(problem, "unknown key '%.*s'", (int)bytes, keys);
		viz_app_key(app, &key);
		come_to_rest(app);
		viz_app_paint(app, grid); /* what a key does may depend on the size of the screen */
		keys += bytes;
		keys += strspn(keys, " ");
	}
	return 0;
}

static int write_picture(const struct viz_options *options, const struct viz_grid *grid,
                         const char *title, struct viz_problem *problem)
{
	struct viz_out_file out;
	int rc = viz_out_file_open(&out, options->out, problem);
	if (rc != 0)
		return rc;
	viz_canvas_svg(grid, options->theme == VIZ_THEME_LIGHT, title, out.file);
	return viz_out_file_commit(&out, problem);
}

static int paint_lesson(const struct viz_options *options, const struct scn_run *run,
                        struct viz_problem *problem)
{
	struct viz_app app;
	struct viz_grid grid;
	int rows = options->rows > 0 ? options->rows : ROWS;
	int cols = options->cols > 0 ? options->cols : COLS;
	if (viz_grid_init(&grid, rows, cols) != 0)
		return viz_problem_set(problem, "out of memory");
	viz_app_init(&app, options, options->ascii);
	int rc = viz_app_open_lesson(&app, run, NULL, problem);
	if (rc == 0) {
		come_to_rest(&app);
		viz_app_paint(&app, &grid);
		rc = press_all(&app, &grid, options->press != NULL ? options->press : "", problem);
	}
	if (rc == 0)
		rc = write_picture(options, &grid, run->args.scenario->title, problem);
	viz_app_fini(&app);
	viz_grid_fini(&grid);
	return rc;
}

int viz_cmd_picture(const struct viz_options *options)
{
	struct viz_problem problem;
	const struct scenario *scenario;
	struct scn_run run;
	int rc = viz_lesson_find(options->target, &scenario, &problem);
	if (rc != 0)
		return viz_complain(rc, problem.text);
	rc = viz_lesson_run(options, scenario, TRACE_CLOCK_VIRTUAL, &run, &problem);
	if (rc == 0)
		rc = paint_lesson(options, &run, &problem);
	if (rc != 0)
		viz_complain(rc, problem.text);
	viz_lesson_drop(scenario);
	return rc;
}
