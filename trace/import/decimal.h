/* Numbers as text: exact where they fit. */
#ifndef GANTTOP_TRACE_IMPORT_DECIMAL_H
#define GANTTOP_TRACE_IMPORT_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Read "123.456", with a sign and an exponent if it has them, times ten to the power of `scale`, rounded to the nearest integer. Returns
 * false when it is no number, or beyond +-4e18. cost: no floating point, so nothing is lost below that. */
bool trace_decimal_scaled(const char *text, size_t n, int scale, int64_t *out);

/* Read an integer of up to 64 bits, "3.0" and "1e3" among them. Returns false when it is none, or does not fit. cost: exact. */
bool trace_decimal_unsigned(const char *text, size_t n, uint64_t *out);
bool trace_decimal_signed(const char *text, size_t n, int64_t *out);

#endif
