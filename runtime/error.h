/* An error: a name and a message, shared by everybody who is told of it. */
#ifndef GANTTOP_RUNTIME_ERROR_H
#define GANTTOP_RUNTIME_ERROR_H

#include <stdarg.h>

struct gt__error {
	unsigned refs;
	char *message; /* stands behind the name, in the same allocation */
	char name[];
};

/* owns: returns a reference. errors: NULL when out of memory. */
__attribute__((format(printf, 2, 0))) struct gt__error *
gt__error_create(const char *name, const char *format, va_list args);
struct gt__error *gt__error_retain(struct gt__error *error);
void gt__error_release(struct gt__error *error);

#endif
