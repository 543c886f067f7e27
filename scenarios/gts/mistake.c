/* The one line that says what is wrong with a program. The first mistake counts; what was read of the program is in quotes, cut when
 * it is long, so that the line stays one.
 */
#include "scenarios/gts/program.h"

#include <stdio.h>
#include <string.h>

#define QUOTED_MAX 40

int gts_expected(struct gts_program *program, int line, int col, const char *expected,
                 const char *found)
{
	snprintf(program->why, program->why_bytes, "%s:%d:%d: expected %s, found %s", program->file,
	         line, col, expected, found);
	return -1;
}

int gts_expected_not(struct gts_program *program, const struct gts_word *word, const char *expected)
{
	char found[QUOTED_MAX + 8];
	int n = (int)strlen(word->text);
	const char *more = "";
	if (n > QUOTED_MAX) {
		more = "...";
		for (n = QUOTED_MAX; (word->text[n] & 0xc0) == 0x80; n--)
			; /* not in the middle of a character */
	}
	snprintf(found, sizeof found, "'%.*s%s'", n, word->text, more);
	return gts_expected(program, word->line, word->col, expected, found);
}

int gts_no_memory(struct gts_program *program)
{
	snprintf(program->why, program->why_bytes, "cannot read '%s': out of memory",
	         program->file);
	return -1;
}
