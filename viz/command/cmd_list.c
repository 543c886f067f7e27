/* `list`: the lessons, for people or as JSON. */
#include "viz/command/commands.h"

#include <string.h>

#include "scenarios/scenario.h"
#include "viz/classroom/lesson_json.h"

static int widest_name(void)
{
	int widest = 0;
	for (size_t i = 0; i < scn_count(); i++)
		if ((int)strlen(scn_at(i)->name) > widest)
			widest = (int)strlen(scn_at(i)->name);
	return widest;
}

static void print_text(void)
{
	int cols = widest_name();
	const char *chapter = "";
	for (size_t i = 0; i < scn_count(); i++) {
		const struct scenario *scenario = scn_at(i);
		if (strcmp(chapter, scenario->chapter) != 0)
			printf("%s%s\n", i > 0 ? "\n" : "", scenario->chapter);
		chapter = scenario->chapter;
		printf("  %-*s  %s\n", cols, scenario->name, scenario->title);
	}
}

static void print_json(void)
{
	putchar('[');
	for (size_t i = 0; i < scn_count(); i++) {
		fputs(i > 0 ? ",\n" : "\n", stdout);
		viz_lesson_json(stdout, scn_at(i));
	}
	puts("\n]");
}

int viz_cmd_list(const struct viz_options *options)
{
	if (options->json)
		print_json();
	else
		print_text();
	return VIZ_EXIT_OK;
}
