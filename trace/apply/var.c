/* Shared variables of the program, found by their names.
 */
#include <stdlib.h>
#include <string.h>

#include "trace/apply/apply.h"
#include "trace/array.h"

static int add_var(const struct trace_applied *a, const char *name)
{
	struct trace_model *m = a->model;
	if (trace_array_reserve(&m->vars, m->n_vars, &a->private->vars_cap, sizeof *m->vars))
		return trace_model_no_memory(a->error);
	m->vars[m->n_vars] = (struct trace_var){.name = strdup(name)};
	if (!m->vars[m->n_vars].name)
		return trace_model_no_memory(a->error);
	m->n_vars++;
	return TRACE_OK;
}

/* Find the variable by its name: a string may have been written twice, a name means one variable. */
static int find_var(const struct trace_applied *a, struct trace_var **var)
{
	struct trace_model *m = a->model;
	char name[TRACE_NAME_BYTES];
	uint32_t known = a->r->a ? trace_id_map_get(&a->private->vars, a->r->a) : TRACE_ID_UNKNOWN;
	if (known == TRACE_ID_UNKNOWN) {
		trace_model_string(m, a->r->a, name, sizeof name);
		for (known = 0; known < m->n_vars && strcmp(m->vars[known].name, name) != 0;)
			known++;
		if (known == m->n_vars && add_var(a, name) != TRACE_OK)
			return TRACE_ESYSTEM;
		if (a->r->a && trace_id_map_put(&a->private->vars, a->r->a, known))
			return trace_model_no_memory(a->error);
	}
	*var = &m->vars[known];
	return TRACE_OK;
}

int trace_apply_var(const struct trace_applied *a)
{
	struct trace_var *var;
	int rc = trace_apply_check_task(a, offsetof(struct trace_record, id), a->r->id);
	if (rc == TRACE_OK)
		rc = find_var(a, &var);
	if (rc == TRACE_OK && trace_apply_push(&var->ordinals, &var->n, &var->cap, a->ordinal))
		rc = trace_model_no_memory(a->error);
	return rc;
}
