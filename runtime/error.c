/* Errors, and the sentences of codes. */
#include "runtime/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "runtime/ganttop.h"
#include "runtime/text.h"

struct gt_error *gt__error_create(int code, const char *name, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	if (!name)
		name = "Error";
	if (!format)
		format = "";
	int message_bytes = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (message_bytes < 0)
		message_bytes = 0;
	size_t name_bytes = strlen(name) + 1;
	struct gt_error *error = malloc(sizeof *error + name_bytes + (size_t)message_bytes + 1);
	if (!error)
		return NULL;
	*error = (struct gt_error){.refs = 1, .code = code};
	memcpy(error->name, name, name_bytes);
	error->message = error->name + name_bytes;
	error->message[0] = '\0';
	vsnprintf(error->message, (size_t)message_bytes + 1, format, args);
	return error;
}

struct gt_error *gt__error_make(int code, const char *name, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct gt_error *error = gt__error_create(code, name, format, args);
	va_end(args);
	return error;
}

static void release_causes(struct gt_error **causes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		gt__error_release(causes[i]);
	free(causes);
}

struct gt_error *gt__error_group(struct gt_error **causes, size_t n)
{
	struct gt_error *error =
	        gt__error_make(GT_EGROUP, "ExceptionGroup", "%zu unhandled in a task group", n);
	if (!error) {
		release_causes(causes, n);
		return NULL;
	}
	error->causes = causes;
	error->n_causes = n;
	return error;
}

void gt__error_set_cause(struct gt_error *error, struct gt_error *cause)
{
	if (!error || !cause)
		return;
	struct gt_error **causes = malloc(sizeof *causes);
	if (!causes)
		return;
	causes[0] = gt__error_retain(cause);
	error->causes = causes;
	error->n_causes = 1;
}

/* The failures of a group are tasks of the recording, which says each by itself: the chain is followed to the first group. */
void gt__error_say(const struct gt_error *error, char *text, size_t bytes)
{
	size_t used = 0;
	for (const char *between = ""; error && used < bytes; between = ", from ") {
		used += gt__text(text + used, bytes - used, "%s%s: %s", between, error->name,
		                 error->message);
		error = error->code != GT_EGROUP && error->n_causes ? error->causes[0] : NULL;
	}
}

struct gt_error *gt__error_retain(struct gt_error *error)
{
	if (error)
		error->refs++;
	return error;
}

/* A chain is given back link by link, without recursion: a program may raise from what it has caught, again and again. */
void gt__error_release(struct gt_error *error)
{
	while (error && !--error->refs) {
		struct gt_error *next = error->n_causes ? error->causes[--error->n_causes] : NULL;
		release_causes(error->causes, error->n_causes);
		free(error);
		error = next;
	}
}

int gt_error_code(const struct gt_error *error)
{
	return error ? error->code : 0;
}

const char *gt_error_name(const struct gt_error *error)
{
	return error ? error->name : "";
}

const char *gt_error_message(const struct gt_error *error)
{
	return error ? error->message : "";
}

size_t gt_error_n_causes(const struct gt_error *error)
{
	return error ? error->n_causes : 0;
}

const struct gt_error *gt_error_cause(const struct gt_error *error, size_t index)
{
	return error && index < error->n_causes ? error->causes[index] : NULL;
}

static const char *unknown(int code)
{
	static _Thread_local char text[32];
	snprintf(text, sizeof text, "unknown error %d", code);
	return text;
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
#define SENTENCE(name, sentence)                                                                   \
	case UV_##name:                                                                            \
		return sentence;
		UV_ERRNO_MAP(
		        SENTENCE) /* uv_strerror would allocate for a code that it does not know */
#undef SENTENCE
	default:
		return unknown(code);
	}
}
