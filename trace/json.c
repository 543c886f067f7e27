/* Writing JSON. Text keeps its characters, also the harmful ones, but those are escaped: the export can be
 * looked at with cat, and nothing is lost (source: RFC 8259, section 7).
 */
#include "trace/json.h"

#include <inttypes.h>
#include <string.h>

#include "trace/text.h"

static void escape(FILE *out, uint32_t c)
{
	static const char short_forms[] = "\bb\ff\nn\rr\tt";
	for (const char *s = short_forms; *s; s += 2)
		if ((uint32_t)*s == c) {
			fprintf(out, "\\%c", s[1]);
			return;
		}
	fprintf(out, "\\u%04lx", (unsigned long)c);
}

/* Return how many bytes from the first on are written as they are: nearly always all of them. */
static size_t plain(const char *bytes, size_t n)
{
	size_t i = 0;
	while (i < n && bytes[i] >= 0x20 && bytes[i] < 0x7f && bytes[i] != '"' && bytes[i] != '\\')
		i++;
	return i;
}

void trace_json_text(FILE *out, const char *bytes, size_t n)
{
	fputc('"', out);
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t n_plain = plain(bytes + i, n - i);
		fwrite(bytes + i, 1, n_plain, out);
		i += n_plain;
		if (i == n)
			break;
		size_t used = trace_text_decode(bytes + i, n - i, &c);
		if (c == TRACE_TEXT_INVALID)
			fputs("\xef\xbf\xbd", out);
		else if (trace_text_is_harmful(c))
			escape(out, c);
		else if (c == '"' || c == '\\')
			fprintf(out, "\\%c", (int)c);
		else
			fwrite(bytes + i, 1, used, out);
		i += used;
	}
	fputc('"', out);
}

struct trace_json trace_json_open(FILE *out)
{
	fputc('{', out);
	return (struct trace_json){.out = out};
}

void trace_json_close(struct trace_json *json)
{
	fputc('}', json->out);
}

void trace_json_key(struct trace_json *json, const char *name)
{
	fputs(json->has_fields ? ",\"" : "\"", json->out);
	fputs(name, json->out);
	fputs("\":", json->out);
	json->has_fields = true;
}

void trace_json_string(struct trace_json *json, const char *name, const char *text)
{
	trace_json_bytes(json, name, text, strlen(text));
}

void trace_json_bytes(struct trace_json *json, const char *name, const char *bytes, size_t n)
{
	trace_json_key(json, name);
	trace_json_text(json->out, bytes, n);
}

void trace_json_signed(struct trace_json *json, const char *name, int64_t value)
{
	trace_json_key(json, name);
	fprintf(json->out, "%" PRId64, value);
}

void trace_json_unsigned(struct trace_json *json, const char *name, uint64_t value)
{
	trace_json_key(json, name);
	fprintf(json->out, "%" PRIu64, value);
}

void trace_json_bool(struct trace_json *json, const char *name, bool value)
{
	trace_json_key(json, name);
	fputs(value ? "true" : "false", json->out);
}
