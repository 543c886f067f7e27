/* An error: a code, a name and a message, shared by everybody who is told of it; a group has causes. */
#ifndef GANTTOP_RUNTIME_ERROR_H
#define GANTTOP_RUNTIME_ERROR_H

#include <stdarg.h>
#include <stddef.h>

struct gt_error {
	unsigned refs;
	int code;
	size_t n_causes;
	struct gt_error **causes; /* of a group. owns, each one reference */
	char *message;            /* stands behind the name, in the same allocation */
	char name[];
};

/* owns: returns a reference. errors: NULL when out of memory. */
__attribute__((format(printf, 3, 0))) struct gt_error *
gt__error_create(int code, const char *name, const char *format, va_list args);
__attribute__((format(printf, 3, 4))) struct gt_error *gt__error_make(int code, const char *name,
                                                                      const char *format, ...);

/* Make a group of `n` errors. owns: takes the array (malloc) and its references, also when it fails. errors: NULL when
 * out of memory. */
struct gt_error *gt__error_group(struct gt_error **causes, size_t n);

/* Make `cause` (may be NULL) the cause of an error that has none. Without memory for that it stays without. owns: keeps a reference. */
void gt__error_set_cause(struct gt_error *error, struct gt_error *cause);

/* Write the name and the message, and those of what it was raised from, into `text`. */
void gt__error_say(const struct gt_error *error, char *text, size_t bytes);

struct gt_error *gt__error_retain(struct gt_error *error);
void gt__error_release(struct gt_error *error);

#endif
