/* What the program tells the recording: log lines, marks, and where its calls stand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/state.h"
#include "runtime/text.h"

#undef gt_log
#undef gt_var_read
#undef gt_var_write

void gt__where_refresh(struct gt__loop *loop)
{
	loop->site_file = gt_site.file;
	loop->site_base = trace_pen_where(&loop->pen, gt_site.file, 0);
}

void gt_log(const char *format, ...)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || !gt__is_recording(loop) || !format)
		return;
	char text[1024], *whole = NULL;
	va_list args;
	va_start(args, format);
	size_t n = gt__text_args(text, sizeof text, format, args);
	va_end(args);
	if (n >= sizeof text) { /* the pen takes more than the stack of a task should */
		va_start(args, format);
		if (vasprintf(&whole, format, args) < 0)
			whole = NULL;
		va_end(args);
	}
	const char *line = whole ? whole : text;
	uint32_t id = trace_pen_string(&loop->pen, line, strlen(line));
	free(whole);
	gt__record(loop, (struct trace_record){.kind = TRACE_LOG,
	                                       .id = loop->current ? loop->current->id : 0,
	                                       .a = id,
	                                       .d = gt__where(loop)});
}

void gt_mark(const char *name, const char *text)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || !gt__is_recording(loop))
		return;
	uint32_t name_id = trace_pen_intern(&loop->pen, name);
	uint32_t text_id = text ? trace_pen_string(&loop->pen, text, strlen(text)) : 0;
	gt__record(loop, (struct trace_record){.kind = TRACE_MARK, .a = name_id, .b = text_id});
}

static void record_var(const char *name, int64_t value, uint8_t op)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || !gt__is_recording(loop))
		return;
	gt__record(loop, (struct trace_record){.kind = TRACE_VAR,
	                                       .id = loop->current ? loop->current->id : 0,
	                                       .a = trace_pen_intern(&loop->pen, name),
	                                       .b = gt__low((uint64_t)value),
	                                       .c = gt__high((uint64_t)value),
	                                       .d = gt__where(loop),
	                                       .sub = op});
}

void gt_var_read(const char *name, int64_t value)
{
	record_var(name, value, TRACE_VAR_READ);
}

void gt_var_write(const char *name, int64_t value)
{
	record_var(name, value, TRACE_VAR_WRITE);
}
