/* Where running text is broken into lines. */
#ifndef GANTTOP_VIZ_TEXT_WRAP_H
#define GANTTOP_VIZ_TEXT_WRAP_H

#include <stddef.h>
#include <stdio.h>

/* Return how many bytes of `text` go on a line of `cols` columns: up to its first newline, to the last space that fits, or a hard cut in
 * a word that is wider than the line. At least one code point, unless the text ends or has a newline there. */
size_t viz_wrap_bytes(const char *text, int cols);

/* Write `text` as lines of `cols` columns at most, each behind `indent` spaces. With `hang` the first line is not indented: something
 * stands there already. */
void viz_wrap_print(FILE *out, const char *text, int indent, int cols, int hang);

#endif
