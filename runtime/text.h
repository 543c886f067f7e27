/* Texts of the program's in room that is given: what does not fit is cut between two characters. */
#ifndef GANTTOP_RUNTIME_TEXT_H
#define GANTTOP_RUNTIME_TEXT_H

#include <stdarg.h>
#include <stddef.h>

/* vsnprintf, cut between characters of UTF-8. Returns the bytes that the whole text has. */
__attribute__((format(printf, 3, 0))) size_t gt__text_args(char *text, size_t bytes,
                                                           const char *format, va_list args);

/* snprintf of the same kind. */
__attribute__((format(printf, 3, 4))) size_t gt__text(char *text, size_t bytes, const char *format,
                                                      ...);

#endif
