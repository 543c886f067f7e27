/* What was exported comes back: random recordings with names of any bytes, threads, gaps, scopes, variables and all else, through JSON lines,
 * CTF and Chrome's JSON. JSON lines and CTF keep every event; Chrome's JSON every interval, hold, scope and variable.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"
#include "trace/export/chrome.h"
#include "trace/export/csv.h"
#include "trace/export/ctf.h"
#include "trace/export/jsonl.h"
#include "trace/import/import.h"

#define SEEDS   60u
#define RECORDS 300u

/* ---- a recording of everything ---- */

#define TASKS   6u
#define OBJECTS 3u

struct story {
	struct make_log log;
	uint32_t random, n_tasks, n_objects, running;
	uint8_t states[TASKS + 1];
	bool busy[3], in_tick;
	bool is_clean; /* no bytes in its texts that a picture would not show */
	bool ends;     /* always: a Chrome trace does not say when what is open was seen last */
};

static uint32_t below(struct story *s, uint32_t n)
{
	return random_next(&s->random, n);
}

/* Names as nobody would give them. */
static uint32_t some_text(struct story *s, uint32_t writer)
{
	enum { CLEAN = 9 };
	static const char *const texts[] = {"plain",
	                                    "",
	                                    "\"quoted\\\"",
	                                    "<script>&amp;",
	                                    "caf\xc3\xa9",
	                                    "a,b;c=1+1",
	                                    "null",
	                                    "%s%n #7",
	                                    "{\"ev\":\"end\"}",
	                                    "two\nlines\t",
	                                    "\x1b[31mred",
	                                    "\xff\xfe\x80",
	                                    "\xed\xa0\x80",
	                                    "\342\200\256left"};
	char bytes[400];
	size_t n = below(s, 300), n_texts = sizeof texts / sizeof *texts;
	if (below(s, 4)) {
		const char *text = texts[below(s, (uint32_t)(s->is_clean ? CLEAN : n_texts))];
		return *text ? make_log_bytes(&s->log, writer, text, strlen(text)) : 0;
	}
	for (size_t i = 0; i < n; i++)
		bytes[i] = s->is_clean ? (char)('!' + below(s, 90)) : (char)below(s, 256);
	return n ? make_log_bytes(&s->log, writer, bytes, n) : 0;
}

static void put(struct story *s, struct trace_record r)
{
	r.t_ns = s->log.t_ns;
	make_log_put(&s->log, 1, r);
}

static uint32_t some_task(struct story *s)
{
	return 1 + below(s, s->n_tasks);
}

static uint32_t some_object(struct story *s)
{
	return 1 + below(s, s->n_objects);
}

static void add_task(struct story *s)
{
	uint32_t name = some_text(s, 1);
	put(s,
	    (struct trace_record){
	            .kind = TRACE_TASK, .id = ++s->n_tasks, .a = name, .b = below(s, s->n_tasks)});
}

static void add_object(struct story *s)
{
	uint32_t name = some_text(s, 1);
	put(s, (struct trace_record){.kind = TRACE_OBJECT,
	                             .id = ++s->n_objects,
	                             .a = name,
	                             .b = below(s, 5),
	                             .sub = (uint8_t)(1 + below(s, TRACE_OBJECT_KIND_END - 1))});
}

/* The next state of a task that is not done. */
static void change_state(struct story *s)
{
	uint32_t task = s->running ? s->running : some_task(s);
	uint8_t *state = &s->states[task];
	if (*state == TRACE_STATE_DONE)
		return;
	if (*state == TRACE_STATE_READY && !s->running) {
		put(s, (struct trace_record){.kind = TRACE_STATE,
		                             .id = task,
		                             .sub = *state = TRACE_STATE_RUNNING});
		s->running = task;
	} else if (*state != TRACE_STATE_RUNNING) {
		*state = TRACE_STATE_READY;
		put(s, (struct trace_record){.kind = TRACE_STATE,
		                             .id = task,
		                             .sub = TRACE_STATE_READY,
		                             .b = below(s, s->n_tasks + 1),
		                             .arg = (uint16_t)(1 + below(s, TRACE_WHY_END - 1))});
	} else if (below(s, 12) == 0 && task != 1) {
		*state = TRACE_STATE_DONE;
		s->running = 0;
		uint32_t value = some_text(s, 1);
		put(s,
		    (struct trace_record){.kind = TRACE_STATE,
		                          .id = task,
		                          .a = value,
		                          .sub = TRACE_STATE_DONE,
		                          .arg = (uint16_t)(1 + below(s, TRACE_OUTCOME_END - 1))});
	} else {
		*state = TRACE_STATE_WAITING;
		s->running = 0;
		bool timed = below(s, 2);
		uint64_t until_ns = s->log.t_ns + below(s, 1000);
		unsigned on = 1 + below(s, TRACE_ON_END - 1);
		put(s,
		    (struct trace_record){.kind = TRACE_STATE,
		                          .id = task,
		                          .a = trace_on_is_task(on) ? some_task(s) : some_object(s),
		                          .b = timed ? (uint32_t)until_ns : 0,
		                          .c = timed ? (uint32_t)(until_ns >> 32) : 0,
		                          .sub = TRACE_STATE_WAITING,
		                          .arg = (uint16_t)(on | (timed ? TRACE_TIMED : 0))});
	}
}

/* A thread of the pool, which writes for itself. */
static void work(struct story *s)
{
	uint32_t worker = 1 + below(s, 2), writer = 1 + worker;
	uint32_t name = below(s, 2) ? some_text(s, writer) : 0;
	bool *busy = &s->busy[worker];
	make_log_put(&s->log, writer,
	             (struct trace_record){.t_ns = s->log.t_ns,
	                                   .kind = TRACE_WORKER,
	                                   .id = worker,
	                                   .a = some_task(s),
	                                   .b = name,
	                                   .c = *busy && below(s, 2) ? some_object(s) : 0,
	                                   .sub = *busy ? below(s, 2) ? TRACE_WORKER_WAITING
	                                                              : TRACE_WORKER_IDLE
	                                                : TRACE_WORKER_BUSY});
	*busy = !*busy;
}

static void tick(struct story *s)
{
	if (s->running)
		return;
	s->in_tick = !s->in_tick;
	put(s, (struct trace_record){.kind = TRACE_TICK,
	                             .a = below(s, 4),
	                             .sub = s->in_tick ? TRACE_PHASE_BEGIN : TRACE_PHASE_END});
}

/* What leaves no interval. */
static void say(struct story *s)
{
	uint32_t task = some_task(s), text = some_text(s, 1), other = some_text(s, 1);
	struct trace_record all[] = {
	        {.kind = TRACE_LOG, .id = task, .a = text},
	        {.kind = TRACE_MARK, .a = text, .b = other},
	        {.kind = TRACE_NAME, .id = task, .a = text},
	        {.kind = TRACE_VAR, .id = task, .a = text, .b = below(s, 9), .sub = 1},
	        {.kind = TRACE_VAR,
	         .id = task,
	         .a = text,
	         .b = UINT32_MAX,
	         .c = UINT32_MAX,
	         .sub = 2},
	        {.kind = TRACE_CANCEL, .id = task, .a = below(s, 2), .sub = 1},
	        {.kind = TRACE_LEVEL, .id = some_object(s), .a = below(s, 3), .b = below(s, 9)},
	        {.kind = TRACE_LEVEL,
	         .id = some_object(s),
	         .b = below(s, 9),
	         .d = below(s, 2) ? UINT32_MAX : below(s, 9),
	         .sub = (uint8_t)(1 + below(s, 2))},
	        {.kind = TRACE_HOLD, .id = some_object(s), .a = task, .sub = 1},
	        {.kind = TRACE_SCOPE, .id = task, .a = below(s, 5), .arg = 1, .sub = 1},
	        {.kind = TRACE_SCOPE,
	         .id = task,
	         .a = 1,
	         .b = 9,
	         .c = 1,
	         .arg = TRACE_TIMED,
	         .sub = 2},
	        {.kind = TRACE_CALL, .id = 1 + below(s, 3), .a = text, .sub = 1},
	        {.kind = TRACE_CORO, .id = some_object(s), .a = task, .sub = 2},
	        {.kind = TRACE_ERROR, .id = task, .sub = 1},
	        {.kind = TRACE_LOST, .b = 1 + below(s, 9)},
	        {.kind = TRACE_LOST, .b = 7, .id = 1 + below(s, 900), .a = 2, .arg = TRACE_TIMED},
	};
	put(s, all[below(s, sizeof all / sizeof *all)]);
}

static void make_story(struct story *s, uint32_t seed, bool is_clean, bool ends)
{
	*s = (struct story){.random = seed, .is_clean = is_clean, .ends = ends};
	make_log_init(&s->log);
	make_log_meta(&s->log, TRACE_META_TITLE, NULL, "a \"title\" \xe2\x82\xac");
	make_log_meta(&s->log, TRACE_META_PARAM, "n", "3");
	add_task(s);
	add_object(s);
	for (unsigned i = 0; i < RECORDS; i++) {
		uint32_t what = below(s, 100);
		s->log.t_ns += below(s, 3) ? 0 : below(s, 2000);
		if (what < 3 && s->n_tasks < TASKS)
			add_task(s);
		else if (what < 5 && s->n_objects < OBJECTS)
			add_object(s);
		else if (what < 15)
			work(s);
		else if (what < 25)
			tick(s);
		else if (what < 40)
			say(s);
		else
			change_state(s);
	}
	if (s->ends || seed % 3)
		make_log_end(&s->log, (enum trace_status)(1 + seed % 4));
	make_log_close(&s->log);
}

/* ---- there and back ---- */

typedef int writer(const struct trace_export *export, FILE *out, struct trace_error *error);

/* owns: returns. */
static char *text_of(const struct trace_model *model, writer *write)
{
	struct trace_export export;
	struct trace_error error;
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);
	assert_non_null(out);
	trace_export_init(&export, model);
	assert_int_equal(write(&export, out, &error), TRACE_OK);
	trace_export_fini(&export);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void write_stream(const struct trace_model *model, writer *write, const char *path)
{
	char *text = text_of(model, write);
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	assert_true(fputs(text, out) >= 0);
	assert_int_equal(fclose(out), 0);
	free(text);
}

static void write_ctf(const struct trace_model *model, const char *path)
{
	struct trace_export export;
	struct trace_error error;
	trace_export_init(&export, model);
	if (mkdir(path, 0777))
		assert_int_equal(access(path, W_OK), 0); /* of the last seed */
	assert_int_equal(trace_ctf_write(&export, path, &error), TRACE_OK);
	trace_export_fini(&export);
}

static struct trace_model *import(const char *path)
{
	struct trace_error error = {.text = ""};
	const char *out = make_log_path("back");
	if (trace_import_file(path, out, NULL, &error))
		fail_msg("%s", error.text);
	return read_recording(out);
}

static void expect_same(char *before, char *after, uint32_t seed)
{
	size_t i = 0, line = 1;
	size_t begin = 0;
	for (; before[i] && before[i] == after[i]; i++)
		if (before[i] == '\n') {
			begin = i + 1;
			line++;
		}
	if (before[i] || after[i])
		fail_msg("seed %u, line %zu:\n%.*s\n%.*s", seed, line,
		         (int)strcspn(before + begin, "\n"), before + begin,
		         (int)strcspn(after + begin, "\n"), after + begin);
	free(before);
	free(after);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sort the lines: a lane stands where its task was made, and a Chrome trace only says where it first did something. */
static char *sorted(char *text)
{
	char *lines[4 * RECORDS], *rest = text, *all = calloc(1, strlen(text) + 2);
	size_t n = 0, at = 0;
	assert_non_null(all);
	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		assert_true(n < sizeof lines / sizeof *lines);
		lines[n++] = line;
	}
	qsort(lines, n, sizeof *lines, by_text);
	for (size_t i = 0; i < n; i++) {
		size_t length = strlen(lines[i]);
		memcpy(all + at, lines[i], length);
		at += length;
		all[at++] = '\n';
	}
	free(text);
	return all;
}

/* Take each story there and back, and compare what `compared` says of both. */
static void round_trip(writer *write, writer *compared)
{
	for (uint32_t seed = 1; seed <= SEEDS; seed++) {
		struct story story;
		const char *path = make_log_path("there");
		char *out = strdup(make_log_path(write ? "file" : "folder"));
		make_story(&story, seed, write != trace_jsonl_write, write == trace_chrome_write);
		make_log_write(&story.log, path, story.log.n_bytes);
		struct trace_model *model = read_recording(path);
		if (write)
			write_stream(model, write, out);
		else
			write_ctf(model, out);
		struct trace_model *back = import(out);
		char *before = text_of(model, compared), *after = text_of(back, compared);
		if (write == trace_chrome_write) {
			before = sorted(before);
			after = sorted(after);
		}
		expect_same(before, after, seed);
		trace_model_destroy(back);
		trace_model_destroy(model);
		make_log_fini(&story.log);
		free(out);
	}
}

static void jsonl__there_and_back__every_byte(void **state)
{
	(void)state;
	round_trip(trace_jsonl_write, trace_jsonl_write);
}

static void ctf__there_and_back__every_event(void **state)
{
	(void)state;
	round_trip(NULL, trace_jsonl_write);
}

/* What a Chrome trace keeps: the intervals, and what is held, open, read and written. */
static int write_kept(const struct trace_export *export, FILE *out, struct trace_error *error)
{
	static const char *const kept[] = {"\"ev\":\"hold\"", "\"ev\":\"scope\"", "\"ev\":\"var\""};
	char *lines = text_of(export->model, trace_jsonl_write);
	for (char *line = lines, *end; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
			if (strstr(line, kept[i]))
				fprintf(out, "%s\n", line);
	}
	free(lines);
	return trace_csv_write(export, out, error);
}

static void chrome__there_and_back__every_interval_hold_scope_and_variable(void **state)
{
	(void)state;
	round_trip(trace_chrome_write, write_kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(jsonl__there_and_back__every_byte),
	        cmocka_unit_test(ctf__there_and_back__every_event),
	        cmocka_unit_test(chrome__there_and_back__every_interval_hold_scope_and_variable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
