/* Shared variables of the program, found by their names. Each use is judged as it comes, with nothing but the task's use before: a picture
 * that judged them would have to go back through the file for every cell.
 */
#include <stdlib.h>
#include <string.h>

#include "trace/apply/apply.h"
#include "trace/array.h"
#include "trace/intern.h"

/* Return the variable of that name, TRACE_NONE if there is none. */
static uint32_t named(const struct trace_applied *a, const char *name, uint32_t hash)
{
	uint32_t var = trace_id_map_get(&a->private->var_names, hash);
	if (var == TRACE_ID_UNKNOWN)
		return TRACE_NONE;
	while (var != TRACE_NONE && strcmp(a->model->vars[var].name, name) != 0)
		var = a->model->vars[var].next;
	return var;
}

/* Add a variable, which is the last one then. */
static int add_var(const struct trace_applied *a, const char *name, uint32_t hash)
{
	struct trace_model *m = a->model;
	if (trace_array_reserve(&m->vars, m->n_vars, &a->private->vars_cap, sizeof *m->vars))
		return trace_model_no_memory(a->error);
	struct trace_var *var = &m->vars[m->n_vars];
	uint32_t alike = trace_id_map_get(&a->private->var_names, hash);
	*var = (struct trace_var){.name = strdup(name),
	                          .last_write = TRACE_NONE,
	                          .next = alike == TRACE_ID_UNKNOWN ? TRACE_NONE : alike};
	if (!var->name || trace_id_map_put(&a->private->var_names, hash, (uint32_t)m->n_vars)) {
		free(var->name);
		return trace_model_no_memory(a->error);
	}
	m->n_vars++;
	return TRACE_OK;
}

/* Find the variable by its name: a string may have been written twice, a name means one variable. */
static int find_var(const struct trace_applied *a, struct trace_var **var)
{
	struct trace_model *m = a->model;
	char name[TRACE_NAME_BYTES];
	uint32_t known = trace_id_map_get(&a->private->vars, a->r->a);
	if (known == TRACE_ID_UNKNOWN) {
		trace_model_string(m, a->r->a, name, sizeof name);
		uint32_t hash = trace_intern_hash(name);
		known = named(a, name, hash);
		if (known == TRACE_NONE && add_var(a, name, hash) != TRACE_OK)
			return TRACE_ESYSTEM;
		if (known == TRACE_NONE)
			known = (uint32_t)m->n_vars - 1;
		if (trace_id_map_put(&a->private->vars, a->r->a, known))
			return trace_model_no_memory(a->error);
	}
	*var = &m->vars[known];
	return TRACE_OK;
}

/* A write loses an update if the task's use before was a read, and what it read has been written over since. */
static uint8_t judge(const struct trace_var *var, const struct trace_record *r)
{
	if (r->sub != TRACE_VAR_WRITE)
		return TRACE_USED_READ;
	uint32_t before = trace_id_map_get(&var->last_use, r->id);
	if (before == TRACE_ID_UNKNOWN || var->last_write == TRACE_NONE ||
	    var->last_write <= before)
		return TRACE_USED_WRITE;
	bool was_read = trace_track_sets(&var->uses)[before] & TRACE_USED_READ;
	return TRACE_USED_WRITE | (was_read ? TRACE_USED_LOST : 0);
}

int trace_apply_var(const struct trace_applied *a)
{
	struct trace_var *var;
	int rc = trace_apply_check_task(a, offsetof(struct trace_record, id), a->r->id);
	if (rc == TRACE_OK)
		rc = find_var(a, &var);
	if (rc != TRACE_OK)
		return rc;
	uint32_t index = var->n;
	if (trace_track_push(&var->uses, a->ordinal, judge(var, a->r)) ||
	    trace_id_map_put(&var->last_use, a->r->id, index))
		return trace_model_no_memory(a->error);
	if (a->r->sub == TRACE_VAR_WRITE)
		var->last_write = index;
	return TRACE_OK;
}
