/* The first line of a recording: META records. */
#include <stdlib.h>
#include <string.h>

#include "trace/array.h"
#include "trace/model_private.h"

/* Return string `id`, sanitised, in new memory; NULL without memory. */
static char *copy(const struct trace_model *model, uint32_t id)
{
	char first[256];
	size_t bytes = trace_model_string(model, id, first, sizeof first) + 1;
	char *text = malloc(bytes);
	if (text)
		trace_model_string(model, id, text, bytes);
	return text;
}

static int add_param(struct trace_model *model, const struct trace_record *r)
{
	if (trace_array_reserve(&model->params, model->n_params, &model->private->params_cap,
	                        sizeof *model->params))
		return -1;
	struct trace_pair pair = {copy(model, r->a), copy(model, r->b)};
	if (!pair.name || !pair.value) {
		free(pair.name);
		free(pair.value);
		return -1;
	}
	model->params[model->n_params++] = pair;
	return 0;
}

static int replace(char **text, char *by)
{
	if (!by)
		return -1;
	free(*text);
	*text = by;
	return 0;
}

static int set_seed(struct trace_model *model, const struct trace_record *r)
{
	char digits[32];
	trace_model_string(model, r->b, digits, sizeof digits);
	model->seed = strtoull(digits, NULL, 10);
	return 0;
}

static int apply(struct trace_model *model, const struct trace_record *r)
{
	switch (r->sub) {
	case TRACE_META_TITLE:
		return replace(&model->title, copy(model, r->b));
	case TRACE_META_SOURCE:
		return replace(&model->source, copy(model, r->b));
	case TRACE_META_POLICY:
		return replace(&model->policy, copy(model, r->b));
	case TRACE_META_QUESTION:
		return replace(&model->question, copy(model, r->b));
	case TRACE_META_LESSON:
		return replace(&model->lesson, copy(model, r->b));
	case TRACE_META_ORIGIN:
		model->is_foreign = true;
		model->blocked_ns = model->private->blocked_ns = UINT64_MAX;
		return 0;
	case TRACE_META_SEED:
		return set_seed(model, r);
	case TRACE_META_PARAM:
		return add_param(model, r);
	default:
		return 0;
	}
}

int trace_model_apply_meta(struct trace_model *model, uint32_t slot, struct trace_error *error)
{
	if (trace_array_reserve(&model->metas, model->n_metas, &model->private->metas_cap,
	                        sizeof *model->metas))
		return trace_model_no_memory(error);
	model->metas[model->n_metas++] = slot;
	if (apply(model, trace_reader_at(model->reader, slot)))
		return trace_model_no_memory(error);
	return TRACE_OK;
}

void trace_model_forget_meta(struct trace_model *model)
{
	for (size_t i = 0; i < model->n_params; i++) {
		free(model->params[i].name);
		free(model->params[i].value);
	}
	model->n_params = model->n_metas = 0;
}
