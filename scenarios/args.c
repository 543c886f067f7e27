/* The parameters of one run: the lesson's defaults with the user's `name=value` settings over them.
 *
 * A setting comes from the command line, so it is an input and not a promise: whatever is wrong with it ends
 * as one line that names the parameter and what it would take. The line quotes the setting with everything
 * but printable ASCII replaced, so that it is safe on any terminal. */
#include "scenarios/lesson.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define QUOTED_MAX 40 /* longer settings are cut in messages */
#define NS_A_MS    1000000u

static void quote(char out[QUOTED_MAX + 1], const char *text, size_t length)
{
	size_t n = length < QUOTED_MAX ? length : QUOTED_MAX;

	for (size_t i = 0; i < n; i++)
		out[i] = text[i] >= ' ' && text[i] <= '~' ? text[i] : '?';
	out[n] = '\0';
}

static const struct scn_param *find(const struct scenario *scenario, const char *name,
                                    size_t length, size_t *index)
{
	for (size_t i = 0; i < scenario->n_params; i++) {
		const char *candidate = scenario->params[i].name;

		if (strlen(candidate) == length && memcmp(candidate, name, length) == 0) {
			*index = i;
			return &scenario->params[i];
		}
	}
	return NULL;
}

/* Append as far as there is room; what does not fit is cut. */
static void append(char *out, size_t out_bytes, const char *text)
{
	size_t used = strlen(out);

	if (used + 1 < out_bytes)
		snprintf(out + used, out_bytes - used, "%s", text);
}

static int refuse_name(const struct scenario *scenario, const char *name, char *why,
                       size_t why_bytes)
{
	if (scenario->n_params == 0) {
		snprintf(why, why_bytes, "lesson '%s' has no parameters", scenario->name);
		return -1;
	}
	snprintf(why, why_bytes, "lesson '%s' has no parameter '%s'; it has ", scenario->name,
	         name);
	for (size_t i = 0; i < scenario->n_params; i++) {
		append(why, why_bytes, i ? ", " : "");
		append(why, why_bytes, scenario->params[i].name);
	}
	return -1;
}

static int refuse_value(const struct scenario *scenario, const struct scn_param *param,
                        const char *value, char *why, size_t why_bytes)
{
	snprintf(why, why_bytes,
	         "parameter '%s' of lesson '%s': %s is outside %" PRId64 " to %" PRId64,
	         param->name, scenario->name, value, param->min, param->max);
	return -1;
}

/* A whole number and nothing else: strtoll alone would take leading blanks, a plus, and trailing text. */
static bool is_whole(const char *text)
{
	const char *digits = text + (*text == '-');

	return *digits && strspn(digits, "0123456789") == strlen(digits);
}

void scn_args_init(struct scn_args *args, const struct scenario *scenario)
{
	assert(scenario->n_params <= SCN_PARAMS_MAX);
	memset(args, 0, sizeof(*args));
	args->scenario = scenario;
	for (size_t i = 0; i < scenario->n_params; i++)
		args->values[i] = scenario->params[i].value;
}

int scn_args_set(struct scn_args *args, const char *setting, char *why, size_t why_bytes)
{
	const char *equals = strchr(setting, '=');
	const struct scn_param *param;
	char quoted[QUOTED_MAX + 1];
	long long value;
	size_t index;

	if (!equals) {
		quote(quoted, setting, strlen(setting));
		snprintf(why, why_bytes, "'%s': not of the form name=value", quoted);
		return -1;
	}
	param = find(args->scenario, setting, (size_t)(equals - setting), &index);
	if (!param) {
		quote(quoted, setting, (size_t)(equals - setting));
		return refuse_name(args->scenario, quoted, why, why_bytes);
	}
	if (!is_whole(equals + 1)) {
		quote(quoted, setting, strlen(setting));
		snprintf(why, why_bytes, "'%s': not a whole number from %" PRId64 " to %" PRId64,
		         quoted, param->min, param->max);
		return -1;
	}
	errno = 0;
	value = strtoll(equals + 1, NULL, 10);
	if (errno == ERANGE || value < param->min || value > param->max) {
		quote(quoted, equals + 1, strlen(equals + 1));
		return refuse_value(args->scenario, param, quoted, why, why_bytes);
	}
	args->values[index] = value;
	return 0;
}

int64_t scn_get(const struct scn_args *args, const char *name)
{
	size_t index = SCN_PARAMS_MAX;
	const struct scn_param *param = find(args->scenario, name, strlen(name), &index);

	assert(param);
	return param ? args->values[index] : 0;
}

uint64_t scn_get_ns(const struct scn_args *args, const char *name)
{
	return (uint64_t)scn_get(args, name) * NS_A_MS;
}

const char *scn_policy_name(int64_t number)
{
	static const char *const names[] = {"fifo", "lifo", "priority", "random"};

	return number >= 0 && number < (int64_t)LESSON_COUNT(names) ? names[number] : NULL;
}

const char *scn_args_policy(const struct scn_args *args)
{
	for (size_t i = 0; i < args->scenario->n_params; i++)
		if (strcmp(args->scenario->params[i].name, "policy") == 0)
			return scn_policy_name(args->values[i]);
	return scn_policy_name(0);
}
