/* A program from its file to a scenario: the description that the menu, `explain` and the child process have of a lesson. */
#include "scenarios/gts/program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/gts/gts.h"

bool gts_is_program(const char *target)
{
	size_t n = strlen(target);
	return n > 4 && strcmp(target + n - 4, ".gts") == 0;
}

/* ---- The text ---- */

static int cannot_read(struct gts_program *program, const char *reason)
{
	snprintf(program->why, program->why_bytes, "cannot read '%s': %s", program->file, reason);
	return -1;
}

/* A zero byte would end the text before its time. */
static int refuse_zero(struct gts_program *program, const char *bytes, const char *zero)
{
	int line = 1, col = 1;
	for (const char *at = bytes; at < zero; at++) {
		if (*at == '\n') {
			line++;
			col = 1;
		} else if ((*at & 0xc0) != 0x80) {
			col++;
		}
	}
	return gts_expected(program, line, col, "text", "the control character 0x00");
}

static int read_file(struct gts_program *program, FILE *file, char **text)
{
	char *bytes = malloc(GTS_BYTES_MAX + 1);
	if (!bytes)
		return gts_no_memory(program);
	errno = 0;
	size_t n = fread(bytes, 1, GTS_BYTES_MAX + 1, file);
	const char *reason = NULL, *zero;
	int rc = 0;
	if (ferror(file))
		reason = strerror(errno ? errno : EIO);
	else if (n > GTS_BYTES_MAX)
		reason = "a program has at most 1 MiB";
	if (reason)
		rc = cannot_read(program, reason);
	else if ((zero = memchr(bytes, '\0', n)))
		rc = refuse_zero(program, bytes, zero);
	if (rc) {
		free(bytes);
		return rc;
	}
	bytes[n] = '\0';
	*text = bytes;
	return 0;
}

static int read_text(struct gts_program *program, const char *path, char **text)
{
	if (strcmp(path, "-") == 0)
		return read_file(program, stdin, text);
	FILE *file = fopen(path, "r");
	if (!file)
		return cannot_read(program, strerror(errno));
	int rc = read_file(program, file, text);
	fclose(file);
	return rc;
}

/* ---- The description ---- */

/* The comment that a program begins with is its text. */
static const char *opening_comment(struct gts_program *program, const char *text)
{
	char *comment = gts_arena_take(&program->arena, strlen(text) + 1);
	size_t n = 0;
	if (!comment)
		return "";
	while (*text == '#') {
		text += 1 + (text[1] == ' ');
		size_t line = strcspn(text, "\n");
		for (size_t i = 0; i < line; i++)
			comment[n++] = (unsigned char)text[i] < ' ' ? ' ' : text[i];
		comment[n++] = '\n';
		text += line + (text[line] == '\n');
	}
	comment[n] = '\0';
	return comment;
}

static int run_program(const struct scn_run *run)
{
	return gts_run(run, NULL);
}

static void describe(struct gts_program *program, const char *text)
{
	struct scenario *scenario = &program->scenario;
	scenario->name = program->file;
	scenario->chapter = "";
	scenario->title = scenario->title ? scenario->title : "a program of yours";
	scenario->question = scenario->question ? scenario->question : "What runs, and when?";
	scenario->text = opening_comment(program, text);
	scenario->params = program->params;
	scenario->n_params = program->n_params;
	scenario->run = run_program;
}

static int load(struct gts_program *program, const char *path)
{
	char *text;
	program->file = path;
	char *copy = gts_arena_text(&program->arena, path, strlen(path));
	if (!copy)
		return gts_no_memory(program);
	program->file = copy;
	if (read_text(program, path, &text) != 0)
		return -1;
	int rc = gts_parse(program, text);
	if (rc == 0)
		rc = gts_check(program);
	if (rc == 0)
		describe(program, text);
	free(text);
	return rc;
}

static void destroy(struct gts_program *program)
{
	gts_arena_fini(&program->arena);
	free(program);
}

int gts_load(const struct scenario **out, const char *path, char *why, size_t why_bytes)
{
	struct gts_program *program = calloc(1, sizeof *program);
	if (!program) {
		snprintf(why, why_bytes, "cannot read '%s': out of memory", path);
		return -1;
	}
	program->why = why;
	program->why_bytes = why_bytes;
	program->objects_end = &program->objects;
	program->bodies_end = &program->bodies;
	if (load(program, path) != 0) {
		destroy(program);
		return -1;
	}
	*out = &program->scenario;
	return 0;
}

void gts_unload(const struct scenario *scenario)
{
	if (scenario && scenario->run == run_program)
		destroy((struct gts_program *)(uintptr_t)scenario);
}
