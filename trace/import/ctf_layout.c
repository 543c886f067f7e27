/* The part of TSDL that our exporter writes: one event a block, fields in a row, integers by their width. */
#include "trace/import/ctf_layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/vocabulary.h"

/* Copy the string literal at `at`, which begins behind its quote. Returns its length. */
static size_t unquote(const char *at, char *text, size_t bytes)
{
	size_t n = 0;
	for (; *at && *at != '"' && n + 1 < bytes; at++) {
		if (*at == '\\' && at[1])
			at++;
		text[n++] = *at;
	}
	text[n] = '\0';
	return n;
}

/* Find `KEY = "` at the begin of a line of `env`, and copy what follows. Returns its length, 0: none. */
static size_t env(const char *text, const char *key, char *value, size_t bytes)
{
	char line[64];
	snprintf(line, sizeof line, "\n\t%s = \"", key);
	const char *at = strstr(text, line);
	return at ? unquote(at + strlen(line), value, bytes) : 0;
}

static uint64_t number_of(const char *text, const char *key)
{
	char line[64];
	snprintf(line, sizeof line, "\n\t%s = ", key);
	const char *at = strstr(text, line);
	return at ? strtoull(at + strlen(line), NULL, 10) : 0;
}

static void read_env(const char *text, struct trace_sink *sink)
{
	static const struct {
		const char *key;
		enum trace_meta meta;
	} metas[] = {{"title", TRACE_META_TITLE},   {"source", TRACE_META_SOURCE},
	             {"lesson", TRACE_META_LESSON}, {"question", TRACE_META_QUESTION},
	             {"policy", TRACE_META_POLICY}, {"seed", TRACE_META_SEED},
	             {"origin", TRACE_META_ORIGIN}};
	char value[TRACE_STRING_MAX_BYTES], key[32];
	for (size_t i = 0; i < sizeof metas / sizeof metas[0]; i++) {
		size_t n = env(text, metas[i].key, value, sizeof value);
		if (n > 0)
			trace_sink_meta(sink, metas[i].meta, 0, trace_sink_text(sink, value, n));
	}
	for (unsigned i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "param_%u_name", i);
		size_t n = env(text, key, value, sizeof value);
		if (n == 0)
			break;
		uint32_t name = trace_sink_text(sink, value, n);
		snprintf(key, sizeof key, "param_%u_value", i);
		n = env(text, key, value, sizeof value);
		trace_sink_meta(sink, TRACE_META_PARAM, name, trace_sink_text(sink, value, n));
	}
	struct trace_header *header = trace_writer_header(sink->writer);
	env(text, "clock_kind", value, sizeof value);
	for (unsigned i = 1; i < TRACE_CLOCK_END; i++)
		if (strcmp(value, trace_clock_name(i)) == 0)
			header->clock = i;
	header->started_unix_ns =
	        number_of(text, "offset_s") * 1000000000u + number_of(text, "offset");
}

static unsigned width_of(const char *type)
{
	static const char *const types[] = {"uint8_t", "uint16_t", "uint32_t", "uint64_t",
	                                    "int64_t"};
	static const unsigned bytes[] = {1, 2, 4, 8, 8};
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(type, types[i]) == 0)
			return bytes[i];
	return 0;
}

#define BLANKS " \t\r\n"

/* Take a word, `end` behind it, and blanks. Returns false when they are not there. */
static bool take_word(const char **at, const char *end, char word[32])
{
	size_t n = strspn(*at, "abcdefghijklmnopqrstuvwxyz0123456789_"), n_end = strlen(end);
	if (n == 0 || n > 31 || strncmp(*at + n, end, n_end) != 0)
		return false;
	memcpy(word, *at, n);
	word[n] = '\0';
	*at += n + n_end;
	*at += strspn(*at, BLANKS);
	return true;
}

/* Read "TYPE NAME; TYPE NAME; ... }". Returns whether all of it was understood. */
static bool read_fields(struct trace_ctf_layout *layout, unsigned id, const char *at)
{
	char type[32], name[32];
	at += strspn(at, BLANKS);
	while (take_word(&at, "", type)) {
		unsigned n = layout->events[id].n_fields;
		bool is_enum = strcmp(type, "enum") == 0;
		if (is_enum && !take_word(&at, "", type))
			return false;
		if (!take_word(&at, ";", name) || n == TRACE_CTF_FIELDS_MAX)
			return false;
		bool is_text = !is_enum && strcmp(type, "string") == 0;
		unsigned bytes = is_enum ? 1 : width_of(type);
		if (!is_text && bytes == 0)
			return false;
		layout->events[id].fields[n] =
		        (struct trace_ctf_field){.field = trace_fact_find(name, strlen(name)),
		                                 .bytes = bytes};
		layout->events[id].n_fields++;
	}
	return *at == '}';
}

static void set_kind(struct trace_ctf_layout *layout, unsigned id, const char *name)
{
	for (unsigned i = TRACE_TASK; i < TRACE_KIND_END; i++)
		if (strcmp(name, trace_kind_name(i)) == 0)
			layout->events[id].kind = i;
	for (unsigned i = 1; i < TRACE_STATE_END; i++)
		if (strcmp(name, trace_state_name(i)) == 0) {
			layout->events[id].kind = TRACE_STATE;
			layout->events[id].state = trace_state_name(i);
		}
}

const char *trace_ctf_layout_read(struct trace_ctf_layout *layout, const char *text,
                                  struct trace_sink *sink)
{
	char name[64];
	memset(layout, 0, sizeof *layout);
	if (strncmp(text, "/* CTF 1.8 */", 13) != 0)
		return "expected '/* CTF 1.8 */' at the begin of metadata";
	if (env(text, "tracer_name", name, sizeof name) == 0 || strcmp(name, "ganttop") != 0)
		return "expected a trace that ganttop has written";
	read_env(text, sink);
	for (const char *at = strstr(text, "\nevent {"); at; at = strstr(at + 1, "\nevent {")) {
		unsigned id;
		const char *fields = strstr(at, "fields := struct {");
		if (sscanf(at, "\nevent {\n\tname = \"%63[^\"]\";\n\tid = %u;", name, &id) != 2 ||
		    id >= TRACE_CTF_IDS_MAX || !fields || layout->events[id].is_there)
			return "expected events as ganttop describes them";
		layout->events[id].is_there = true;
		set_kind(layout, id, name);
		if (!read_fields(layout, id, fields + strlen("fields := struct {")))
			return "expected fields of known types";
	}
	return NULL;
}
