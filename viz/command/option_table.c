/* The options, one row each, and the readers of their values.
 *
 * A value is read strictly: what is not wholly understood is refused, with the range in the message, because a
 * class that waits is the wrong moment to find out that `--speed 1,5` meant 1.
 */
#include "viz/command/option_table.h"

#include <stdio.h>
#include <string.h>

#include "trace/vocabulary.h"
#include "viz/text/number.h"
#include "viz/text/read_time.h"

#define SCREEN_MAX 1000

static int read_cells(const char *name, const char *text, int min, int *out,
                      struct viz_problem *problem)
{
	uint64_t value;
	if (!viz_number(text, &value) || value < (uint64_t)min || value > SCREEN_MAX)
		return viz_problem_set(problem, "bad --%s '%s': want a number from %d to %d", name,
		                       text, min, SCREEN_MAX);
	*out = (int)value;
	return 0;
}

static int set_param(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	if (options->n_settings == VIZ_SETTINGS_MAX)
		return viz_problem_set(problem, "too many --set: at most %u", VIZ_SETTINGS_MAX);
	options->settings[options->n_settings++] = value;
	return 0;
}

static int set_clock(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	for (unsigned clock = 1; trace_clock_name(clock) != NULL; clock++)
		if (strcmp(value, trace_clock_name(clock)) == 0) {
			options->clock = clock;
			return 0;
		}
	return viz_problem_set(problem, "bad --clock '%s'; known: virtual, paced, real", value);
}

static int set_speed(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	uint64_t ppm;
	if (!viz_number_millionths(value, 100000000, &ppm) || ppm < 10000)
		return viz_problem_set(problem, "bad --speed '%s': want a number from 0.01 to 100",
		                       value);
	options->speed_ppm = (uint32_t)ppm;
	return 0;
}

static int set_seed(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	if (!viz_number(value, &options->seed))
		return viz_problem_set(problem, "bad --seed '%s': want a whole number, 0 or more",
		                       value);
	return 0;
}

/* "random:SEED" is checked as far as it can be without the runtime, which knows no other names either. */
static int set_policy(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	static const char *const names[] = {"fifo", "lifo", "priority", "random", "manual"};
	uint64_t seed;
	options->policy = value;
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(value, names[i]) == 0)
			return 0;
	if (strncmp(value, "random:", 7) == 0 && viz_number(value + 7, &seed))
		return 0;
	return viz_problem_set(problem,
	                       "bad --policy '%s'; known: fifo, lifo, priority, random[:SEED], "
	                       "manual",
	                       value);
}

static int set_step(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->step = true;
	return 0;
}

static int set_quiz(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->quiz = true;
	return 0;
}

static int set_save(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	if (*value == '\0')
		return viz_problem_set(problem, "bad --save '': want the name of a file");
	options->save = value;
	return 0;
}

static int set_share(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)problem;
	options->share = value;
	return 0;
}

static int set_narrate(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->narrate = true;
	return 0;
}

static int set_plain(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->plain = true;
	return 0;
}

static int set_json(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->json = true;
	return 0;
}

static int set_ascii(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->ascii = true;
	return 0;
}

static int set_out(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	if (*value == '\0')
		return viz_problem_set(problem, "bad -o '': want the name of a file");
	options->out = value;
	return 0;
}

static int set_format(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)problem;
	options->format = value;
	return 0;
}

static int set_width(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	return read_cells("width", value, 40, &options->width, problem);
}

static int set_rows(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	return read_cells("rows", value, 1, &options->rows, problem);
}

static int set_cols(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	return read_cells("cols", value, 1, &options->cols, problem);
}

static int read_time(const char *name, const char *value, uint64_t *ns, struct viz_problem *problem)
{
	if (viz_read_time(value, ns) && *ns < UINT64_MAX / 16)
		return 0;
	return viz_problem_set(problem, "bad --%s '%s': want a time, as 412 (ms), 250us or 1.5s",
	                       name, value);
}

static int set_at(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	options->has_at = true;
	return read_time("at", value, &options->at_ns, problem);
}

static int set_from(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	return read_time("from", value, &options->from_ns, problem);
}

static int set_to(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	int rc = read_time("to", value, &options->to_ns, problem);
	if (rc == 0 && options->to_ns == 0)
		return viz_problem_set(problem, "bad --to '%s': want a time after the start",
		                       value);
	return rc;
}

static int set_tasks(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	if (*value == '\0')
		return viz_problem_set(problem,
		                       "bad --tasks '': want names, as 'main,Task *' or '#3'");
	options->tasks = value;
	return 0;
}

static int set_axis(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	options->order = strcmp(value, "order") == 0;
	if (!options->order && strcmp(value, "time") != 0)
		return viz_problem_set(problem, "unknown axis '%s'; known: time, order", value);
	return 0;
}

static int set_path(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->path = true;
	return 0;
}

static int set_theme(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	options->has_theme = strcmp(value, "auto") != 0;
	for (int i = 0; i < VIZ_THEME_COUNT; i++)
		if (strcmp(value, viz_theme_name((enum viz_theme)i)) == 0) {
			options->theme = (enum viz_theme)i;
			return 0;
		}
	if (!options->has_theme)
		return 0;
	return viz_problem_set(problem, "unknown theme '%s'; known: dark, light, mono, auto",
	                       value);
}

static int find_pane(const char *name, size_t bytes)
{
	for (int i = 0; i < VIZ_PANE_COUNT; i++) {
		const char *known = viz_pane_name((enum viz_pane)i);
		if (strlen(known) == bytes && memcmp(known, name, bytes) == 0)
			return i;
	}
	return -1;
}

/* "log,state source": names with commas or blanks between them; "none" for none. */
static int set_panes(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	struct viz_panes panes = {.n = 0};
	const char *word = value + strspn(value, ", ");
	while (*word != '\0' && strcmp(value, "none") != 0) {
		size_t bytes = strcspn(word, ", ");
		int pane = find_pane(word, bytes);
		if (pane < 0)
			return viz_problem_set(problem,
			                       "unknown pane '%.*s'; known: log, state, source, "
			                       "metrics, none",
			                       (int)bytes, word);
		if (!viz_panes_has(&panes, (enum viz_pane)pane))
			viz_panes_toggle(&panes, (enum viz_pane)pane);
		word += bytes;
		word += strspn(word, ", ");
	}
	options->panes = panes;
	options->has_panes = true;
	return 0;
}

static int set_present(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->present = true;
	return 0;
}

static int set_color(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	static const char *const names[] = {"auto", "always", "never"};
	if (value == NULL)
		value = "always";
	for (unsigned i = 0; i < 3; i++)
		if (strcmp(value, names[i]) == 0) {
			options->color = (enum viz_color)i;
			return 0;
		}
	return viz_problem_set(problem, "bad --color '%s'; known: auto, always, never", value);
}

static int set_warn(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	return viz_finding_choose(&options->findings, value, true, problem);
}

static int set_allow(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	return viz_finding_choose(&options->findings, value, false, problem);
}

static int set_limit(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	return viz_finding_limit(&options->findings, value, problem);
}

static int set_log(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->log = true;
	return 0;
}

static int set_key(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->key = true;
	return 0;
}

/* A size in bytes: a whole number with k, M or G, which are powers of 1024. */
static int set_ring(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	static const char units[] = "kMG";
	char digits[24];
	size_t n = strspn(value, "0123456789");
	const char *unit =
	        value[n] != '\0' ? strchr(units, value[n] == 'K' ? 'k' : value[n]) : NULL;
	unsigned shift = unit != NULL ? 10 * (unsigned)(unit - units + 1) : 0;
	uint64_t bytes = 0;
	snprintf(digits, sizeof digits, "%.*s", (int)(n < 20 ? n : 20), value);
	bool good = n > 0 && n < 20 && viz_number(digits, &bytes) &&
	            value[n + (unit != NULL)] == '\0' && bytes <= UINT64_C(1) << 40 >> shift;
	if (!good || bytes << shift < VIZ_RING_MIN_BYTES)
		return viz_problem_set(
		        problem,
		        "bad --ring '%s': want a size from 64k to 1024G, as in 500k, 16M, 2G",
		        value);
	options->ring_bytes = bytes << shift;
	return 0;
}

static int set_press(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)problem;
	options->press = value;
	return 0;
}

static int set_record(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)problem;
	options->record = value;
	return 0;
}

static int set_help(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->help = true;
	return 0;
}

static int set_version(struct viz_options *options, const char *value, struct viz_problem *problem)
{
	(void)value, (void)problem;
	options->version = true;
	return 0;
}

#define ON(command) (1u << VIZ_COMMAND_##command)
#define ON_ALL      (~0u)
#define ON_SCREENS  (ON(MENU) | ON(RUN) | ON(VIEW) | ON(COMPARE))
#define ON_PAGES    (ON(CHECK) | ON(STATS))
#define ON_RUNS     (ON(RUN) | ON(EXPORT) | ON(COMPARE) | ON(CHILD) | ON_PAGES)
#define ON_SETS     (ON_RUNS | ON(WORKSHEET) | ON(PICTURE))

static const struct viz_option_row rows[] = {
        {"set", 0, "NAME=VALUE", ON_SETS, false, "a parameter of the lesson; may be repeated",
         set_param},
        {"clock", 0, "CLOCK", ON_RUNS, false, "virtual, paced (wall time times the speed) or real",
         set_clock},
        {"speed", 0, "X", ON_RUNS, false, "speed of the paced clock, 0.01 to 100", set_speed},
        {"seed", 0, "N", ON_SETS, false, "seed of what is random in the lesson", set_seed},
        {"policy", 0, "POLICY", ON_SETS, false,
         "who goes next: fifo (asyncio), lifo, priority, random[:SEED], manual", set_policy},
        {"step", 0, NULL, ON(RUN) | ON(CHILD), false, "hold the program before its first step",
         set_step},
        {"output", 'o', "FILE", ON(RUN) | ON(EXPORT) | ON(PICTURE) | ON_PAGES | ON(WORKSHEET),
         false, "the recording (run), the export, report or page goes here", set_out},
        {"ring", 0, "SIZE", ON(RUN) | ON(CHILD), false,
         "keep the last part of the recording, at most SIZE: 64k, 16M, 2G", set_ring},
        {"quiz", 0, NULL, ON(RUN), false, "ask the questions of the lesson, or of a whole chapter",
         set_quiz},
        {"save", 0, "FILE.csv", ON(RUN), false, "keep the answers of a quiz", set_save},
        {"share", 0, "SOCKET", ON(RUN) | ON(VIEW), false,
         "let others on this machine follow: ganttop view SOCKET", set_share},
        {"narrate", 0, NULL, ON(RUN) | ON(VIEW), false,
         "tell it in sentences, one an event, for screen readers and handouts", set_narrate},
        {"plain", 0, NULL, ON(RUN) | ON(VIEW) | ON(COMPARE), false,
         "print text, even on a terminal", set_plain},
        {"format", 'f', "FORMAT", ON(EXPORT) | ON(WORKSHEET), false,
         "of the output; if not given, the extension of FILE says which", set_format},
        {"key", 0, NULL, ON(WORKSHEET), false, "with the answers, and the notes for the teacher",
         set_key},
        {"from", 0, "TIME", ON(EXPORT), false, "leave out what was before, as 412 (ms) or 1.5s",
         set_from},
        {"to", 0, "TIME", ON(EXPORT), false, "leave out what comes then", set_to},
        {"tasks", 0, "NAMES", ON(EXPORT), false,
         "only these tasks, as 'main,Task *' or '#3', and what they touch", set_tasks},
        {"width", 0, "N", ON(RUN) | ON(VIEW) | ON(EXPORT) | ON(COMPARE), false,
         "columns of the text", set_width},
        {"rows", 0, "N", ON(EXPORT) | ON(PICTURE), false, "a whole screen, this high", set_rows},
        {"cols", 0, "N", ON(EXPORT) | ON(PICTURE), false, "a whole screen, this wide", set_cols},
        {"at", 0, "TIME", ON(EXPORT), false, "the moment that is shown; the end if not given",
         set_at},
        {"axis", 0, "AXIS", ON(RUN) | ON(VIEW) | ON(EXPORT), false,
         "time, or order: a column a transition", set_axis},
        {"path", 0, NULL, ON(RUN) | ON(VIEW) | ON(EXPORT), false,
         "with the critical path: why the run took that long", set_path},
        {"theme", 0, "THEME", ON_SCREENS | ON(EXPORT) | ON(PICTURE), false,
         "dark, light, mono, or auto", set_theme},
        {"panes", 0, "NAMES", ON(MENU) | ON(RUN) | ON(VIEW) | ON(EXPORT), false,
         "what is open below the lanes: log, state, source, metrics, or none", set_panes},
        {"present", 0, NULL, ON(MENU) | ON(RUN) | ON(VIEW) | ON(EXPORT), false,
         "large, for a class: few lanes, and the question on top", set_present},
        {"json", 0, NULL, ON(LIST) | ON_PAGES, false, "as JSON", set_json},
        {"warn", 'W', "KIND", ON(CHECK), false, "look for this kind of finding, and for no others",
         set_warn},
        {"allow", 'A', "KIND", ON(CHECK), false, "do not look for this kind of finding", set_allow},
        {"limit", 0, "KIND=VALUE", ON(CHECK), false, "from how many ms, or times, on it is one",
         set_limit},
        {"ascii", 0, NULL, ON_ALL, false, "draw with ASCII characters only", set_ascii},
        {"color", 0, "WHEN", ON_ALL, false, "auto, always or never", set_color},
        {"log", 0, NULL, ON(RUN), false, "print a line a step, for a .gts program", set_log},
        {"press", 0, "KEYS", ON(PICTURE), true, "keys, with blanks between them", set_press},
        {"record", 0, "FILE", ON(CHILD), true, "the file to record into", set_record},
        {"help", 'h', NULL, ON_ALL, false, "print this and exit", set_help},
        {"version", 'V', NULL, ON_ALL, false, "print the version and exit", set_version},
};

const struct viz_option_row *viz_option_rows(size_t *n)
{
	*n = sizeof rows / sizeof rows[0];
	return rows;
}
