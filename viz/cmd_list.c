/* `list`: the lessons, for people or as JSON. */
#include "viz/commands.h"

#include <inttypes.h>
#include <string.h>

#include "scenarios/scenario.h"

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

static void put_json(const char *text)
{
	putchar('"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else if ((unsigned char)*text < 0x20)
			printf("\\u%04x", (unsigned)*text);
		else
			putchar(*text);
	}
	putchar('"');
}

static void put_member(const char *name, const char *text)
{
	printf(",\"%s\":", name);
	put_json(text);
}

static void put_params(const struct scenario *scenario)
{
	fputs(",\"params\":[", stdout);
	for (size_t i = 0; i < scenario->n_params; i++) {
		const struct scn_param *param = &scenario->params[i];
		printf("%s{\"name\":", i > 0 ? "," : "");
		put_json(param->name);
		put_member("unit", param->unit);
		printf(",\"default\":%" PRId64 ",\"min\":%" PRId64 ",\"max\":%" PRId64,
		       param->value, param->min, param->max);
		put_member("text", param->text);
		putchar('}');
	}
	putchar(']');
}

static void print_json(void)
{
	putchar('[');
	for (size_t i = 0; i < scn_count(); i++) {
		const struct scenario *scenario = scn_at(i);
		printf("%s{\"name\":", i > 0 ? ",\n" : "\n");
		put_json(scenario->name);
		put_member("chapter", scenario->chapter);
		put_member("title", scenario->title);
		put_member("question", scenario->question);
		if (scenario->pairs_with != NULL)
			put_member("pairs_with", scenario->pairs_with);
		put_params(scenario);
		putchar('}');
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
