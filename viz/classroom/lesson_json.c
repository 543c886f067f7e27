/* What `list --json` prints of a lesson. The names of the fields are for programs and stay. */
#include "viz/classroom/lesson_json.h"

#include <string.h>

#include "trace/json.h"
#include "viz/text/format_time.h"

/* Write a field whose value, an array, follows between two calls of this and array_close. */
static void array_open(struct trace_json *json, const char *name)
{
	trace_json_key(json, name);
	fputc('[', json->out);
}

static void array_close(struct trace_json *json)
{
	fputc(']', json->out);
}

/* Begin an element; `index` tells whether a comma is due. */
static struct trace_json element(struct trace_json *json, size_t index)
{
	if (index > 0)
		fputc(',', json->out);
	return trace_json_open(json->out);
}

static void put_text(struct trace_json *json, const char *name, const char *text)
{
	if (text != NULL) {
		trace_json_string(json, name, text);
		return;
	}
	trace_json_key(json, name);
	fputs("null", json->out);
}

static void put_ms(struct trace_json *json, const char *name, uint64_t ns)
{
	char number[VIZ_TIME_BYTES];
	trace_json_key(json, name);
	fputs(viz_format_time_in(number, ns, VIZ_TIME_MS, 6), json->out);
}

static void put_params(struct trace_json *json, const struct scenario *scenario)
{
	array_open(json, "params");
	for (size_t i = 0; i < scenario->n_params; i++) {
		const struct scn_param *param = &scenario->params[i];
		struct trace_json object = element(json, i);
		trace_json_string(&object, "name", param->name);
		trace_json_string(&object, "unit", param->unit);
		trace_json_signed(&object, "default", param->value);
		trace_json_signed(&object, "min", param->min);
		trace_json_signed(&object, "max", param->max);
		trace_json_string(&object, "text", param->text);
		trace_json_close(&object);
	}
	array_close(json);
}

static void put_findings(struct trace_json *json, const struct scenario *scenario)
{
	array_open(json, "findings");
	for (size_t i = 0; scenario->findings != NULL && scenario->findings[i] != NULL; i++) {
		if (i > 0)
			fputc(',', json->out);
		trace_json_text(json->out, scenario->findings[i], strlen(scenario->findings[i]));
	}
	array_close(json);
}

static void put_options(struct trace_json *json, const struct scn_point *point,
                        const struct scn_args *args)
{
	array_open(json, "options");
	for (size_t i = 0; i < scn_point_n_options(point); i++) {
		const struct scn_option *option = &point->options[i];
		struct trace_json object = element(json, i);
		char text[400];
		trace_json_string(&object, "text",
		                  scn_args_fill(text, sizeof text, option->text, args));
		if (point->kind == SCN_CHOICE) {
			trace_json_bool(&object, "right", i == point->right);
			put_text(&object, "misconception",
			         option->belief != SCN_NO_BELIEF ? scn_belief_name(option->belief)
			                                         : NULL);
			put_text(&object, "belief",
			         option->belief != SCN_NO_BELIEF ? scn_belief_text(option->belief)
			                                         : NULL);
			put_text(&object, "because",
			         option->because != NULL
			                 ? scn_args_fill(text, sizeof text, option->because, args)
			                 : NULL);
		}
		trace_json_close(&object);
	}
	array_close(json);
}

static void put_order(struct trace_json *json, const struct scn_point *point)
{
	array_open(json, "order");
	for (size_t i = 0; i < scn_point_n_options(point); i++)
		fprintf(json->out, "%s%u", i > 0 ? "," : "", point->order[i]);
	array_close(json);
}

static void put_point(struct trace_json *json, const struct scenario *scenario,
                      const struct scn_point *point)
{
	char text[400];
	struct scn_args args;
	static const char *const kinds[] = {"choice", "order", "paint"};
	trace_json_string(json, "kind", kinds[point->kind]);
	put_ms(json, "t_ms", point->t_ns);
	put_text(json, "moment", point->moment);
	scn_args_init(&args, scenario);
	trace_json_string(json, "ask", scn_args_fill(text, sizeof text, point->ask, &args));
	if (point->kind != SCN_PAINT)
		put_options(json, point, &args);
	if (point->kind == SCN_CHOICE)
		trace_json_unsigned(json, "right", point->right);
	if (point->kind == SCN_ORDER)
		put_order(json, point);
	if (point->kind == SCN_PAINT) {
		trace_json_string(json, "cells", point->cells);
		put_ms(json, "cell_ms", point->cell_ns);
	}
	trace_json_string(json, "truth", scn_truth_name(point->truth));
	put_text(json, "of", point->of);
	trace_json_bool(json, "any_params", point->any || point->truth == SCN_TRUTH_ALWAYS);
	trace_json_string(json, "because", scn_args_fill(text, sizeof text, point->because, &args));
}

static void put_points(struct trace_json *json, const struct scenario *scenario)
{
	size_t n;
	const struct scn_point *points = scn_points(scenario, &n);
	array_open(json, "points");
	for (size_t i = 0; i < n; i++) {
		struct trace_json object = element(json, i);
		put_point(&object, scenario, &points[i]);
		trace_json_close(&object);
	}
	array_close(json);
}

void viz_lesson_json(FILE *out, const struct scenario *scenario)
{
	struct trace_json json = trace_json_open(out);
	trace_json_string(&json, "name", scenario->name);
	trace_json_string(&json, "chapter", scenario->chapter);
	trace_json_string(&json, "title", scenario->title);
	trace_json_string(&json, "question", scenario->question);
	trace_json_string(&json, "text", scenario->text);
	trace_json_string(&json, "notes", scn_notes(scenario));
	put_text(&json, "pairs_with", scenario->pairs_with);
	trace_json_bool(&json, "real_clock", scenario->needs_real_clock);
	put_params(&json, scenario);
	put_findings(&json, scenario);
	put_points(&json, scenario);
	trace_json_close(&json);
}
