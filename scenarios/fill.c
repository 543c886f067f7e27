/* Texts with the values of parameters in them: "{tasks} turns of {hold} ms", and what one wrongly makes of them, "at {tasks*hold} ms".
 *
 * Between braces stands a sum of products of names, numbers and sums in parentheses. Division rounds up, as one does who counts rounds. What is no such sum,
 * has no value or is too large for one stays as it is written, braces and all: a text is never lost, and a test of every lesson finds it. */
#include "scenarios/scenario.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct sum {
	const char *at; /* where it is read */
	const struct scn_args *args;
	bool is_bad;
};

static int64_t number(struct sum *sum)
{
	int64_t value = 0;

	for (; *sum->at >= '0' && *sum->at <= '9'; sum->at++) {
		sum->is_bad |= value > INT64_MAX / 10 - 1;
		value = sum->is_bad ? 0 : value * 10 + (*sum->at - '0');
	}
	return value;
}

static int64_t terms(struct sum *sum);

/* A sum in parentheses. */
static int64_t enclosed(struct sum *sum)
{
	sum->at++;
	int64_t value = terms(sum);

	sum->is_bad |= *sum->at != ')';
	sum->at += !sum->is_bad;
	return value;
}

static int64_t factor(struct sum *sum)
{
	const struct scenario *scenario = sum->args->scenario;
	size_t n = strspn(sum->at, "abcdefghijklmnopqrstuvwxyz_");

	if (*sum->at >= '0' && *sum->at <= '9')
		return number(sum);
	if (*sum->at == '(')
		return enclosed(sum);
	for (size_t i = 0; i < scenario->n_params && n > 0; i++) {
		if (strlen(scenario->params[i].name) != n ||
		    strncmp(scenario->params[i].name, sum->at, n) != 0)
			continue;
		sum->at += n;
		return sum->args->values[i];
	}
	sum->is_bad = true;
	return 0;
}

static int64_t divided(struct sum *sum, int64_t value, int64_t by)
{
	if (by <= 0 || value < 0) {
		sum->is_bad = true;
		return 0;
	}
	return value / by + (value % by != 0);
}

static int64_t product(struct sum *sum)
{
	int64_t value = factor(sum);

	while (!sum->is_bad && (*sum->at == '*' || *sum->at == '/')) {
		char operation = *sum->at++;
		int64_t by = factor(sum);

		if (operation == '/')
			value = divided(sum, value, by);
		else
			sum->is_bad |= __builtin_mul_overflow(value, by, &value);
	}
	return value;
}

static int64_t terms(struct sum *sum)
{
	int64_t value = product(sum);

	while (!sum->is_bad && (*sum->at == '+' || *sum->at == '-')) {
		char operation = *sum->at++;
		int64_t by = product(sum);

		sum->is_bad |= operation == '+' ? __builtin_add_overflow(value, by, &value)
		                                : __builtin_sub_overflow(value, by, &value);
	}
	return value;
}

/* Read what begins behind a brace, up to the one that closes it. Returns whether it has a value. */
static bool evaluate(struct sum *sum, int64_t *value)
{
	*value = terms(sum);
	return !sum->is_bad && *sum->at == '}';
}

const char *scn_args_fill(char *text, size_t text_bytes, const char *from,
                          const struct scn_args *args)
{
	size_t used = 0;

	while (*from && used + 1 < text_bytes) {
		struct sum sum = {.at = from + 1, .args = args};
		int64_t value;

		if (*from != '{' || !evaluate(&sum, &value)) {
			text[used++] = *from++;
			continue;
		}
		snprintf(text + used, text_bytes - used, "%" PRId64, value);
		used += strlen(text + used);
		from = sum.at + 1;
	}
	text[used] = '\0';
	return text;
}
