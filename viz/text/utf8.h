/* UTF-8, one code point at a time, and how many terminal columns a code point takes.
 *
 * Neither depends on the locale, so that the painter stays pure: the C library's wcwidth() gives other
 * answers under LC_ALL=C.
 */
#ifndef GANTTOP_VIZ_TEXT_UTF8_H
#define GANTTOP_VIZ_TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define VIZ_UTF8_MAX_BYTES   4
#define VIZ_UTF8_REPLACEMENT 0xfffdu

/* Decode the code point at `*text` and move `*text` past it. At the end of the string returns 0 and stays.
 * Overlong forms, surrogates and stray bytes give U+FFFD and move by one byte. */
uint32_t viz_utf8_next(const char **text);

/* Write `ch` as UTF-8 without an ending zero. Returns the number of bytes, 1 to 4; what is no code point is
 * written as U+FFFD. */
size_t viz_utf8_put(char bytes[VIZ_UTF8_MAX_BYTES], uint32_t ch);

/* Return the columns that `ch` takes: 0 for marks that combine with what stands before them, 2 for wide
 * characters (CJK, emoji), else 1. Ambiguous ones count 1. source: Unicode 15 EastAsianWidth, coarsened. */
int viz_utf8_width(uint32_t ch);

/* Return the columns that `text` takes on a grid. */
int viz_utf8_cols(const char *text);

#endif
