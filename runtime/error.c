/* Errors, and the sentences of codes. */
#include "runtime/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "runtime/ganttop.h"

struct gt__error *gt__error_create(const char *name, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int message_bytes = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (message_bytes < 0)
		message_bytes = 0;
	size_t name_bytes = strlen(name) + 1;
	struct gt__error *error = malloc(sizeof *error + name_bytes + (size_t)message_bytes + 1);
	if (!error)
		return NULL;
	error->refs = 1;
	memcpy(error->name, name, name_bytes);
	error->message = error->name + name_bytes;
	error->message[0] = '\0';
	vsnprintf(error->message, (size_t)message_bytes + 1, format, args);
	return error;
}

struct gt__error *gt__error_retain(struct gt__error *error)
{
	if (error)
		error->refs++;
	return error;
}

void gt__error_release(struct gt__error *error)
{
	if (error && !--error->refs)
		free(error);
}

const char *gt_strerror(int code)
{
	switch (code) {
	case GT_OK:
		return "well";
#define SENTENCE(name, number, sentence, calls)                                                    \
	case GT_##name:                                                                            \
		return sentence;
		GT_CODES(SENTENCE)
#undef SENTENCE
	default:
		return uv_strerror(code);
	}
}
