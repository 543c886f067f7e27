/* Reading settings line by line. Options are set by the command line's own readers, so that both take the same values and
 * say the same about wrong ones.
 */
#include "viz/command/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "viz/input/action.h"
#include "viz/command/option_table.h"

#define LINE_BYTES   512
#define FILE_BYTES   65536
#define ACTION_BYTES 40

/* Options that are a matter of taste. Others belong to one run. */
static const char *const tastes[] = {"theme", "color", "ascii",  "speed",
                                     "axis",  "panes", "present"};

static const struct viz_option_row *find_option(const char *name)
{
	size_t n;
	const struct viz_option_row *rows = viz_option_rows(&n);
	for (size_t i = 0; i < sizeof tastes / sizeof tastes[0]; i++)
		for (size_t k = 0; strcmp(tastes[i], name) == 0 && k < n; k++)
			if (strcmp(rows[k].name, name) == 0)
				return &rows[k];
	return NULL;
}

static int set_option(struct viz_options *options, const char *name, const char *value,
                      struct viz_problem *problem)
{
	const struct viz_option_row *row = find_option(name);
	if (row == NULL)
		return viz_problem_set(problem,
		                       "unknown setting '%s'; known: theme, color, ascii, speed, "
		                       "axis, panes, present, key ACTION",
		                       name);
	if (row->value != NULL)
		return row->set(options, value, problem);
	bool is_no = strcmp(value, "no") == 0;
	if (strcmp(name, "ascii") == 0)
		options->not_ascii = is_no;
	if (is_no)
		return 0;
	if (strcmp(value, "yes") != 0)
		return viz_problem_set(problem, "bad %s '%s': want yes or no", name, value);
	return row->set(options, NULL, problem);
}

static int set_key(const char *name, const char *keys, struct viz_problem *problem)
{
	char why[200];
	enum viz_action action = viz_action_named(name);
	if (action == VIZ_ACTION_NONE)
		return viz_problem_set(problem, "unknown action '%s'; the manual page names them",
		                       name);
	if (*keys == '\0' && action == VIZ_ACTION_QUIT)
		return viz_problem_set(problem, "quit needs a key");
	if (viz_action_bind(action, keys, why, sizeof why) != 0)
		return viz_problem_set(problem, "%s", why);
	return 0;
}

/* Cut blanks off both ends; returns the start. */
static char *trim(char *text)
{
	text += strspn(text, " \t\r");
	size_t n = strlen(text);
	while (n > 0 && strchr(" \t\r", text[n - 1]) != NULL)
		text[--n] = '\0';
	return text;
}

static int apply_line(struct viz_options *options, char *line, struct viz_problem *problem)
{
	line = trim(line);
	if (*line == '\0' || *line == '#')
		return 0;
	char *equals = strchr(line, '=');
	if (equals == NULL)
		return viz_problem_set(problem, "want NAME = VALUE");
	*equals = '\0';
	char *name = trim(line), *value = trim(equals + 1);
	for (char *at = value; *at != '\0'; at++)
		if (*at == '\t')
			*at = ' ';
	if (strncmp(name, "key ", 4) == 0)
		return set_key(trim(name + 4), value, problem);
	return set_option(options, name, value, problem);
}

int viz_config_apply(struct viz_options *options, const char *name, const char *text,
                     struct viz_problem *problem)
{
	char line[LINE_BYTES];
	for (unsigned number = 1; *text != '\0'; number++) {
		struct viz_problem inner;
		size_t bytes = strcspn(text, "\n");
		if (bytes >= sizeof line)
			return viz_problem_set(problem, "%s:%u: too long a line", name, number);
		memcpy(line, text, bytes);
		line[bytes] = '\0';
		if (apply_line(options, line, &inner) != 0)
			return viz_problem_set(problem, "%s:%u: %.300s", name, number, inner.text);
		text += bytes + (text[bytes] == '\n');
	}
	return 0;
}

/* Write the path of the file, "" if the environment names no place for it. */
static void find_path(char *path, size_t path_bytes)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	path[0] = '\0';
	/* The specification of that variable: a relative path is to be ignored. */
	if (config != NULL && config[0] == '/')
		snprintf(path, path_bytes, "%s/ganttop/config", config);
	else if (home != NULL && home[0] == '/')
		snprintf(path, path_bytes, "%s/.config/ganttop/config", home);
}

int viz_config_read(struct viz_options *options, struct viz_problem *problem)
{
	char path[200];
	find_path(path, sizeof path);
	FILE *file = path[0] != '\0' ? fopen(path, "re") : NULL;
	if (file == NULL && (path[0] == '\0' || errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (file == NULL)
		return viz_problem_set(problem, "cannot read '%s': %s", path, strerror(errno));
	int rc = 0;
	char *text = calloc(1, FILE_BYTES + 1);
	size_t n = text != NULL ? fread(text, 1, FILE_BYTES, file) : 0;
	if (text == NULL || ferror(file))
		rc = viz_problem_set(problem, "cannot read '%s': %s", path, strerror(errno));
	else if (n == FILE_BYTES || memchr(text, '\0', n) != NULL)
		rc = viz_problem_set(problem, "cannot read '%s': not a file of settings", path);
	else
		rc = viz_config_apply(options, path, text, problem);
	free(text);
	fclose(file);
	return rc;
}
