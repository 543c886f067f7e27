/* Which lanes are exported: those whose names match, and what those tasks touch. */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "trace/export/export.h"

static bool is_match(const struct trace_lane *lane, const char *pattern)
{
	char *end;
	if (pattern[0] == '#') {
		unsigned long id = strtoul(pattern + 1, &end, 10);
		return lane->kind == TRACE_LANE_TASK && *end == '\0' && end != pattern + 1 &&
		       lane->id == id;
	}
	return strcmp(lane->name, pattern) == 0 || fnmatch(pattern, lane->name, 0) == 0;
}

static bool choose(struct trace_export *export, const char *pattern)
{
	bool has_any = false;
	for (size_t i = 0; i < export->model->n_lanes; i++)
		if (is_match(&export->model->lanes[i], pattern)) {
			export->lanes[i] = 1;
			has_any = true;
		}
	return has_any;
}

static void touch(struct trace_export *export, enum trace_lane_kind kind, uint32_t id)
{
	uint32_t lane = id ? trace_model_lane(export->model, kind, id) : TRACE_NONE;
	if (lane != TRACE_NONE)
		export->lanes[lane] = 1;
}

static bool is_chosen_task(const struct trace_export *export, uint32_t task)
{
	uint32_t lane = task ? trace_model_lane(export->model, TRACE_LANE_TASK, task) : TRACE_NONE;
	return lane != TRACE_NONE && export->lanes[lane];
}

/* Add the objects that chosen tasks wait for or hold, and the threads that work for them. */
static void choose_touched(struct trace_export *export)
{
	for (size_t i = 0; i < export->model->n_events; i++) {
		const struct trace_record *r = trace_model_event(export->model, (uint32_t)i);
		if (r->kind == TRACE_HOLD && is_chosen_task(export, r->a))
			touch(export, TRACE_LANE_OBJECT, r->id);
		else if (r->kind == TRACE_WORKER && is_chosen_task(export, r->a))
			touch(export, TRACE_LANE_WORKER, r->id);
		else if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_WAITING &&
		         !trace_on_is_task(r->arg & ~TRACE_TIMED) && is_chosen_task(export, r->id))
			touch(export, TRACE_LANE_OBJECT, r->a);
	}
}

int trace_export_lanes(struct trace_export *export, const char *patterns, struct trace_error *error)
{
	free(export->lanes);
	export->lanes = calloc(export->model->n_lanes, 1);
	char *copy = strdup(patterns), *rest = copy, *pattern;
	int rc = TRACE_OK;
	if (!export->lanes || !copy)
		rc = trace_error_set(error, TRACE_ESYSTEM, 0, "cannot export: out of memory");
	while (rc == TRACE_OK && (pattern = strsep(&rest, ",")) != NULL)
		if (!choose(export, pattern))
			rc = trace_error_set(error, TRACE_EFORMAT, 0, "no task is called '%s'",
			                     pattern);
	if (rc == TRACE_OK)
		choose_touched(export);
	free(copy);
	return rc;
}
