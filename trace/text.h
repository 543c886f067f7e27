/* Text of unknown origin: decoding it, and making it fit for a terminal. */
#ifndef GANTTOP_TRACE_TEXT_H
#define GANTTOP_TRACE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRACE_TEXT_INVALID UINT32_MAX

/* Decode the UTF-8 sequence at `bytes` (n >= 1). Returns its length and sets `*code_point`; for a byte that begins no
 * valid sequence (truncated, overlong, surrogate, beyond U+10FFFF) returns 1 and sets TRACE_TEXT_INVALID.
 * source: Unicode 15, table 3-7. */
size_t trace_text_decode(const char *bytes, size_t n, uint32_t *code_point);

/* Return whether a code point (or TRACE_TEXT_INVALID) must not reach a terminal: control characters (C0, DEL, C1), line and
 * paragraph separators, bidirectional embeddings, overrides and isolates. */
bool trace_text_is_harmful(uint32_t code_point);

/* Copy text as valid UTF-8 that can go to a terminal: each invalid byte and each harmful code point becomes U+FFFD. Always
 * ended, cut on a code point. Returns the length in bytes before cutting. */
size_t trace_text_clean(const char *bytes, size_t n, char *text, size_t text_bytes);

#endif
