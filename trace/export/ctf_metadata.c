/* The metadata of a CTF trace: how its stream is to be read, in TSDL. Every integer is aligned to a byte, so that
 * there is no padding to think of.
 */
#include <inttypes.h>
#include <string.h>

#include "trace/export/ctf_private.h"

#define ENUM_ROW(name, number, text) fprintf(out, " \"%s\" = %d,", text, number);
#define ENUM(lower, UPPER, list)                                                                   \
	{                                                                                          \
		fputs("enum gt_" #lower " : uint8_t { \"none\" = 0,", out);                        \
		list(ENUM_ROW) fputs(" };\n", out);                                                \
	}

/* A string literal: what is not plain text is left to the cleaned string, quotes and backslashes are escaped. */
static void put_literal(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

static void put_env(FILE *out, const char *key, const char *text)
{
	fprintf(out, "\t%s = ", key);
	put_literal(out, text);
	fputs(";\n", out);
}

static void put_environment(const struct trace_model *m, FILE *out)
{
	fputs("env {\n", out);
	put_env(out, "tracer_name", "ganttop");
	put_env(out, "title", m->title);
	put_env(out, "source", m->source);
	put_env(out, "lesson", m->lesson);
	put_env(out, "question", m->question);
	put_env(out, "policy", m->policy);
	if (m->is_foreign)
		put_env(out, "origin", "converted");
	const char *clock = trace_clock_name(trace_reader_header(m->reader)->clock);
	put_env(out, "clock_kind", clock ? clock : "unknown");
	fprintf(out, "\tseed = \"%" PRIu64 "\";\n", m->seed);
	for (size_t i = 0; i < m->n_params; i++) {
		char key[32];
		snprintf(key, sizeof key, "param_%zu", i);
		fprintf(out, "\t%s_name = ", key);
		put_literal(out, m->params[i].name);
		fprintf(out, ";\n\t%s_value = ", key);
		put_literal(out, m->params[i].value);
		fputs(";\n", out);
	}
	fputs("};\n\n", out);
}

static void put_clock(const struct trace_model *m, FILE *out)
{
	uint64_t started_ns = trace_reader_header(m->reader)->started_unix_ns;
	fprintf(out,
	        "clock {\n\tname = mono;\n\tdescription = \"ns since the start of the "
	        "recording\";\n\tfreq = 1000000000;\n\toffset_s = %" PRIu64 ";\n\toffset = %" PRIu64
	        ";\n};\n\n",
	        started_ns / 1000000000u, started_ns % 1000000000u);
}

static void put_event(FILE *out, const char *name, int id, const char *fields)
{
	const char *place = strstr(fields, "PLACE");
	int n = place ? (int)(place - fields) : (int)strlen(fields);
	fprintf(out,
	        "event {\n\tname = \"%s\";\n\tid = %d;\n\tstream_id = 0;\n\tfields := struct { "
	        "%.*s%s};\n};\n\n",
	        name, id, n, fields, place ? "string file; uint32_t line; " : "");
}

void trace_ctf_metadata(const struct trace_export *export, FILE *out)
{
	fputs("/* CTF 1.8 */\n\n"
	      "typealias integer { size = 8; align = 8; signed = false; } := uint8_t;\n"
	      "typealias integer { size = 16; align = 8; signed = false; } := uint16_t;\n"
	      "typealias integer { size = 32; align = 8; signed = false; } := uint32_t;\n"
	      "typealias integer { size = 64; align = 8; signed = false; } := uint64_t;\n"
	      "typealias integer { size = 64; align = 8; signed = true; } := int64_t;\n\n",
	      out);
	TRACE_VOCABULARY(ENUM)
	fputs("\ntrace {\n\tmajor = 1;\n\tminor = 8;\n\tbyte_order = le;\n\tpacket.header := "
	      "struct "
	      "{ uint32_t magic; uint32_t stream_id; };\n};\n\n",
	      out);
	put_environment(export->model, out);
	put_clock(export->model, out);
	fputs("typealias integer { size = 64; align = 8; signed = false; map = clock.mono.value; } "
	      ":= ts_t;\n\n"
	      "stream {\n\tid = 0;\n"
	      "\tpacket.context := struct { ts_t timestamp_begin; ts_t timestamp_end; uint64_t "
	      "content_size;\n\t\tuint64_t packet_size; uint64_t events_discarded; };\n"
	      "\tevent.header := struct { uint16_t id; ts_t timestamp; };\n};\n\n",
	      out);
#define EVENT(name, number, text, fields) put_event(out, text, number, fields);
	TRACE_CTF_EVENTS(EVENT)
#undef EVENT
}
