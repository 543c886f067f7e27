/* The sink. Its checks are those of the model (trace/model_apply.c), made one step earlier: the model would name a byte of the
 * recording, and the user has only the file that it was made of.
 */
#include "trace/import/sink.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NAMES_MAX      (1u << 18) /* distinct texts that are remembered: memory stays bounded */
#define NAME_BYTES_MAX 255u       /* of a text that is remembered */

static void on_full(const char *sentence, void *arg)
{
	struct trace_sink *sink = arg;
	sink->is_full = true;
	snprintf(sink->why_full, sizeof sink->why_full, "%s", sentence);
	char *end = strchr(sink->why_full, ';');
	if (end)
		*end = '\0';
}

int trace_sink_open(struct trace_sink *sink, const char *path, struct trace_error *error)
{
	*sink = (struct trace_sink){.writer = NULL};
	struct trace_writer_options options = {.clock = TRACE_CLOCK_REAL,
	                                       .on_error = on_full,
	                                       .on_error_arg = sink};
	int rc = trace_writer_open(&sink->writer, path, &options, error);
	if (rc == TRACE_OK)
		trace_pen_init(&sink->pen, sink->writer);
	else
		sink->writer = NULL;
	return rc;
}

void trace_sink_close(struct trace_sink *sink)
{
	if (!sink->writer)
		return;
	trace_pen_fini(&sink->pen);
	trace_writer_close(sink->writer);
	trace_intern_fini(&sink->names);
	trace_id_map_fini(&sink->files);
	trace_id_map_fini(&sink->tasks);
	trace_id_map_fini(&sink->objects);
	sink->writer = NULL;
}

int trace_sink_flaw(struct trace_sink *sink, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(sink->flaw, sizeof sink->flaw, format, args);
	va_end(args);
	return TRACE_EFORMAT;
}

uint32_t trace_sink_text(struct trace_sink *sink, const char *bytes, size_t n)
{
	char text[NAME_BYTES_MAX + 1];
	if (n == 0)
		return 0;
	if (n > NAME_BYTES_MAX || memchr(bytes, '\0', n))
		return trace_pen_string(&sink->pen, bytes, n);
	memcpy(text, bytes, n);
	text[n] = '\0';
	uint32_t hash = trace_intern_hash(text);
	uint32_t id = trace_intern_find(&sink->names, text, hash);
	if (id)
		return id;
	id = trace_pen_string(&sink->pen, bytes, n);
	if (sink->names.n < NAMES_MAX && !trace_intern_add(&sink->names, text, hash, id))
		sink->is_short = true;
	return id;
}

uint32_t trace_sink_where(struct trace_sink *sink, uint32_t file, uint64_t line)
{
	if (!file)
		return 0;
	uint32_t index = trace_id_map_get(&sink->files, file);
	if (index == TRACE_ID_UNKNOWN) {
		if (sink->n_files == TRACE_FILES_MAX)
			return 0;
		if (trace_id_map_put(&sink->files, file, sink->n_files + 1)) {
			sink->is_short = true;
			return 0;
		}
		index = ++sink->n_files;
		trace_emit(&sink->pen, (struct trace_record){.t_ns = sink->pen.t_ns,
		                                             .kind = TRACE_FILE,
		                                             .id = index,
		                                             .a = file});
	}
	return TRACE_WHERE(index, line > 0xfffffu ? 0xfffffu : line);
}

void trace_sink_meta(struct trace_sink *sink, enum trace_meta meta, uint32_t key, uint32_t value)
{
	trace_emit(&sink->pen, (struct trace_record){.t_ns = sink->pen.t_ns,
	                                             .kind = TRACE_META,
	                                             .sub = (uint8_t)meta,
	                                             .a = key,
	                                             .b = value});
}

bool trace_sink_has_task(const struct trace_sink *sink, uint32_t task)
{
	return trace_id_map_get(&sink->tasks, task) != TRACE_ID_UNKNOWN;
}

bool trace_sink_has_object(const struct trace_sink *sink, uint32_t object)
{
	return trace_id_map_get(&sink->objects, object) != TRACE_ID_UNKNOWN;
}

static int check_task(struct trace_sink *sink, uint32_t task)
{
	if (task == 0 || trace_sink_has_task(sink, task))
		return TRACE_OK;
	return trace_sink_flaw(sink, "expected a task that is known, found %" PRIu32, task);
}

static int check_object(struct trace_sink *sink, uint32_t object)
{
	if (trace_sink_has_object(sink, object))
		return TRACE_OK;
	return trace_sink_flaw(sink, "expected an object that is known, found %" PRIu32, object);
}

static int no_memory(struct trace_sink *sink)
{
	sink->is_short = true;
	trace_sink_flaw(sink, "out of memory");
	return TRACE_ESYSTEM;
}

static int add(struct trace_sink *sink, struct trace_id_map *map, uint32_t id, const char *what)
{
	if (trace_id_map_get(map, id) != TRACE_ID_UNKNOWN)
		return trace_sink_flaw(sink, "expected a new %s, found %" PRIu32 " again", what,
		                       id);
	return trace_id_map_put(map, id, 1) ? no_memory(sink) : TRACE_OK;
}

/* Check the tasks and objects that a record names. */
static int check(struct trace_sink *sink, const struct trace_record *r)
{
	int rc = TRACE_OK;
	switch (r->kind) {
	case TRACE_TASK:
		rc = check_task(sink, r->b);
		return rc ? rc : add(sink, &sink->tasks, r->id, "task");
	case TRACE_OBJECT:
		return add(sink, &sink->objects, r->id, "object");
	case TRACE_STATE:
		if (r->sub == TRACE_STATE_READY)
			rc = check_task(sink, r->b);
		return rc ? rc : check_task(sink, r->id);
	case TRACE_LEVEL:
		return check_object(sink, r->id);
	case TRACE_HOLD:
		rc = check_object(sink, r->id);
		return rc ? rc : check_task(sink, r->a);
	case TRACE_AWAIT:
		rc = r->b ? check_object(sink, r->b) : 0;
		rc = rc ? rc : check_task(sink, r->a);
		return rc ? rc : check_task(sink, r->id);
	case TRACE_CANCEL:
		rc = check_task(sink, r->a);
		return rc ? rc : check_task(sink, r->id);
	case TRACE_CORO:
		return check_task(sink, r->a);
	case TRACE_ERROR:
	case TRACE_NAME:
	case TRACE_SCOPE:
	case TRACE_VAR:
	case TRACE_LOG:
		return check_task(sink, r->id);
	default:
		return TRACE_OK;
	}
}

int trace_sink_put(struct trace_sink *sink, struct trace_record r)
{
	if (r.t_ns < sink->pen.t_ns)
		return trace_sink_flaw(sink,
		                       "expected a time from %" PRIu64 " ns on, found %" PRIu64,
		                       sink->pen.t_ns, r.t_ns);
	int rc = sink->is_short ? no_memory(sink) : check(sink, &r);
	if (rc != TRACE_OK)
		return rc;
	if (sink->is_part && r.kind == TRACE_END)
		return TRACE_OK;
	trace_emit(&sink->pen, r);
	sink->n_records++;
	if (sink->is_full) {
		trace_sink_flaw(sink, "%.150s", sink->why_full);
		return TRACE_ESYSTEM;
	}
	return TRACE_OK;
}
