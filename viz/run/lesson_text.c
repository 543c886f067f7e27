/* The words of `explain`, printed by the command and shown as a page by the menu. */
#include "viz/run/lesson_text.h"

#include <inttypes.h>
#include <string.h>

static void print_params(FILE *out, const struct scenario *scenario)
{
	if (scenario->n_params == 0)
		return;
	fputs("\nParameters, for --set NAME=VALUE:\n", out);
	for (size_t i = 0; i < scenario->n_params; i++) {
		const struct scn_param *param = &scenario->params[i];
		char value[64];
		snprintf(value, sizeof value, "%" PRId64 "%s%s", param->value,
		         param->unit[0] != '\0' ? " " : "", param->unit);
		fprintf(out, "  %-12s %-10s %s; %" PRId64 " to %" PRId64 "\n", param->name, value,
		        param->text, param->min, param->max);
	}
}

/* An order and a painting are asked for in words; a choice lists its options. Answers are for the predict screen and the key of a
 * worksheet. */
static void print_points(FILE *out, const struct scenario *scenario)
{
	size_t n;
	char text[400];
	struct scn_args args;
	const struct scn_point *points = scn_points(scenario, &n);
	scn_args_init(&args, scenario);
	for (size_t i = 0; i < n; i++) {
		const struct scn_point *point = &points[i];
		fprintf(out, "\nAt %" PRIu64 " ms: %s\n", point->t_ns / 1000000,
		        scn_args_fill(text, sizeof text, point->ask, &args));
		for (size_t k = 0; k < scn_point_n_options(point); k++)
			fprintf(out, "  %c  %s\n", point->kind == SCN_ORDER ? '-' : (char)('a' + k),
			        scn_args_fill(text, sizeof text, point->options[k].text, &args));
	}
}

static void print_notes(FILE *out, const struct scenario *scenario)
{
	if (scn_notes(scenario)[0] != '\0')
		fprintf(out, "\nFor the teacher:\n%s", scn_notes(scenario));
}

static void print_source(FILE *out, const char *heading, const char *source)
{
	if (source == NULL)
		return;
	fprintf(out, "\n%s\n\n", heading);
	while (*source != '\0') {
		int bytes = (int)strcspn(source, "\n");
		fprintf(out, "%s%.*s\n", bytes > 0 ? "    " : "", bytes, source);
		source += bytes;
		source += *source == '\n';
	}
}

/* A program is called by its path, and a path may have anything in it. */
static void print_name(FILE *out, const char *name)
{
	for (; *name != '\0'; name++)
		fputc((unsigned char)*name < 0x20 || *name == 0x7f ? '?' : *name, out);
}

const char *viz_lesson_program(const struct scenario *scenario)
{
	const char *program = scn_source_python(scenario);
	if (program == NULL || strncmp(program, "\"\"\"", 3) != 0)
		return program;
	const char *end = strstr(program + 3, "\"\"\"");
	return end == NULL ? program : end + 3 + strspn(end + 3, "\n");
}

void viz_lesson_text(FILE *out, const struct scenario *scenario)
{
	size_t bytes = strlen(scenario->text);
	print_name(out, scenario->name);
	fprintf(out, ": %s\n", scenario->title);
	fprintf(out, "Chapter %s\n\n%s\n\n", scenario->chapter, scenario->question);
	fputs(scenario->text, out);
	if (bytes > 0 && scenario->text[bytes - 1] != '\n')
		fputc('\n', out);
	if (scenario->pairs_with != NULL)
		fprintf(out, "\nLook at '%s' beside it.\n", scenario->pairs_with);
	print_points(out, scenario);
	print_params(out, scenario);
	print_notes(out, scenario);
	print_source(out, "In C:", scn_source_c(scenario));
	print_source(out, "In Python (asyncio):", scn_source_python(scenario));
}
