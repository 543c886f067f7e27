/* `_keys man|markdown`: the table of actions, for the manual page and the README. */
#include "viz/command/commands.h"

#include <stdio.h>
#include <string.h>

#include "viz/input/action.h"

/* A form of the table: how a heading and a row are written. */
struct form {
	const char *name;
	void (*heading)(const char *group);
	void (*row)(const struct viz_help_line *line);
};

static void man_heading(const char *group)
{
	printf(".SS %s\n", group);
}

/* The name of an action as settings have it: "zoom-in". */
static void put_name(const char *name)
{
	for (; *name != '\0'; name++)
		fputs((char[]){*name == '_' ? '-' : (char)(*name - 'A' + 'a'), '\0'}, stdout);
}

static void man_row(const struct viz_help_line *line)
{
	const char *keys = line->keys;
	fputs(".TP\n.B \"", stdout);
	for (; *keys != '\0'; keys++) {
		/* A hyphen is a minus to troff, a backslash an escape, a dot or quote at the start a request. */
		if (*keys == '-' || *keys == '\\')
			putchar('\\');
		if (*keys == '.' || *keys == '\'')
			fputs("\\&", stdout);
		if (*keys == '"')
			fputs("\\(dq", stdout);
		else
			putchar(*keys);
		if (*keys == ' ')
			putchar(' ');
	}
	printf("\"\n%s\n(", line->text);
	put_name(line->name);
	puts(")");
}

static void markdown_heading(const char *group)
{
	printf("| **%s** | |\n", group);
}

static void markdown_row(const struct viz_help_line *line)
{
	const char *keys = line->keys;
	fputs("| ", stdout);
	while (*keys != '\0') {
		int bytes = (int)strcspn(keys, " ");
		printf("`%.*s` ", bytes, keys);
		keys += bytes;
		keys += *keys == ' ';
	}
	printf("| %s |\n", line->text);
}

static void print_table(const struct form *form)
{
	struct viz_help_line lines[VIZ_ACTION_COUNT];
	const char *group = "";
	size_t n = viz_action_help(lines, VIZ_ACTION_COUNT);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(group, lines[i].group) != 0)
			form->heading(lines[i].group);
		group = lines[i].group;
		form->row(&lines[i]);
	}
}

int viz_cmd_keys(const struct viz_options *options)
{
	static const struct form forms[] = {
	        {"man", man_heading, man_row},
	        {"markdown", markdown_heading, markdown_row},
	};
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		if (strcmp(options->target, forms[i].name) != 0)
			continue;
		if (forms[i].heading == markdown_heading)
			puts("| keys | what they do |\n| --- | --- |");
		print_table(&forms[i]);
		return VIZ_EXIT_OK;
	}
	return viz_complain(VIZ_EXIT_USAGE, "_keys: known forms: man, markdown");
}
