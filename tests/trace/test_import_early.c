/* A long Chrome trace is there early: its first part is a recording at once, which the whole one replaces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include "trace/import/import.h"
#include "trace/model.h"

#define EVENTS 100000u /* more than 8 MiB of text */

struct folder {
	char path[64], source[96], out[96], whole[112];
};

static int set_up(void **state)
{
	struct folder *f = calloc(1, sizeof *f);
	memcpy(f->path, "/tmp/ganttop-early-XXXXXX", 26);
	if (!f || !mkdtemp(f->path))
		return -1;
	snprintf(f->source, sizeof f->source, "%s/x.json", f->path);
	snprintf(f->out, sizeof f->out, "%s/x.gtt", f->path);
	snprintf(f->whole, sizeof f->whole, "%s.whole", f->out);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct folder *f = *state;
	unlink(f->source);
	unlink(f->out);
	rmdir(f->path);
	free(f);
	return 0;
}

/* The last event stands first in time, so no part knows when the recording begins. */
static void write_source(const struct folder *f, unsigned n, const char *end)
{
	FILE *out = fopen(f->source, "w");
	assert_non_null(out);
	fputs("{\"traceEvents\":[\n", out);
	for (unsigned i = 0; i < n; i++)
		fprintf(out,
		        "{\"ph\":\"X\",\"pid\":1,\"tid\":%u,\"name\":\"job\",\"ts\":%u,\"dur\":5,"
		        "\"cat\":\"padding so that the text is long enough\"},\n",
		        i % 4, 10 * i + 1000);
	fprintf(out, "%s", end);
	assert_int_equal(fclose(out), 0);
}

#define WELL "{\"ph\":\"X\",\"pid\":1,\"tid\":9,\"name\":\"last\",\"ts\":3,\"dur\":1}]}"

static struct trace_model *open_model(const char *path)
{
	struct trace_reader *reader;
	if (trace_reader_open(&reader, path, false, NULL) != TRACE_OK)
		return NULL;
	struct trace_model *model = trace_model_create(reader);
	assert_non_null(model);
	return model;
}

static struct trace_model *read_all(const char *path)
{
	struct trace_error error;
	struct trace_model *model = open_model(path);
	assert_non_null(model);
	while (trace_model_update(model, &error) > 0)
		;
	return model;
}

struct job {
	const struct folder *folder;
	struct trace_import_progress progress;
	struct trace_error error;
	int rc;
	_Atomic bool is_over;
};

static void *import(void *arg)
{
	struct job *job = arg;
	job->rc = trace_import_early(job->folder->source, job->folder->out, &job->progress,
	                             &job->error);
	atomic_store(&job->is_over, true);
	return NULL;
}

static void early__somebody_looks__sees_a_part_and_then_the_whole(void **state)
{
	struct folder *f = *state;
	struct job job = {.folder = f};
	struct trace_error error;
	struct trace_model *model;
	pthread_t thread;
	double done = 0;
	write_source(f, EVENTS, WELL);
	assert_int_equal(pthread_create(&thread, NULL, import, &job), 0);
	while ((model = open_model(f->out)) == NULL)
		sched_yield();
	while (model->status == 0) {
		int rc = trace_model_update(model, &error);
		assert_true(rc >= 0);
		double now = trace_import_done(&job.progress);
		assert_true(now >= 0 && now <= 1);
		done = now;
		sched_yield();
	}
	pthread_join(thread, NULL);
	assert_int_equal(job.rc, TRACE_OK);
	assert_true(done > 0.5);
	char other[112];
	snprintf(other, sizeof other, "%s.other", f->out);
	assert_int_equal(trace_import_file(f->source, other, NULL, &error), TRACE_OK);
	struct trace_model *plain = read_all(other);
	unlink(other);
	assert_int_equal(model->n_events, plain->n_events);
	assert_int_equal(model->t_end_ns, plain->t_end_ns);
	assert_int_equal(model->n_lanes, plain->n_lanes);
	assert_int_equal(access(f->whole, F_OK), -1);
	trace_model_destroy(plain);
	trace_model_destroy(model);
}

static void early__rest_is_malformed__says_where_and_leaves_the_part(void **state)
{
	struct folder *f = *state;
	struct trace_error error;
	write_source(f, EVENTS, "]]");
	assert_int_equal(trace_import_early(f->source, f->out, NULL, &error), TRACE_EFORMAT);
	assert_non_null(strstr(error.text, "(line 100002, byte "));
	struct trace_model *model = read_all(f->out);
	assert_true(model->n_events > 10000 && model->n_events < EVENTS);
	assert_int_equal(model->status, 0);
	assert_false(trace_reader_is_live(model->reader));
	assert_int_equal(access(f->whole, F_OK), -1);
	trace_model_destroy(model);
}

static void early__short_file__is_converted_at_once(void **state)
{
	struct folder *f = *state;
	struct trace_error error;
	write_source(f, 10, WELL);
	assert_int_equal(trace_import_early(f->source, f->out, NULL, &error), TRACE_OK);
	struct trace_model *model = read_all(f->out);
	assert_int_equal(model->status, TRACE_STATUS_FINISHED);
	trace_model_destroy(model);
}

static void early__not_wanted_any_more__ends_and_leaves_nothing_beside(void **state)
{
	struct folder *f = *state;
	struct trace_error error;
	struct trace_import_progress progress = {.is_unwanted = true};
	write_source(f, EVENTS, WELL);
	assert_int_equal(trace_import_early(f->source, f->out, &progress, &error), TRACE_ESYSTEM);
	assert_int_equal(access(f->whole, F_OK), -1);
}

static void done__of_what_is_not_known__is_all(void **state)
{
	(void)state;
	struct trace_import_progress progress = {0};
	assert_true(trace_import_done(&progress) == 1);
	progress.all = 100;
	progress.read = 50;
	assert_true(trace_import_done(&progress) == 0.5);
	progress.to_write = 10;
	progress.read = 100;
	assert_true(trace_import_done(&progress) == 0.75);
	progress.written = 20; /* what was counted twice is not more than all */
	assert_true(trace_import_done(&progress) == 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test_setup_teardown(
	                early__somebody_looks__sees_a_part_and_then_the_whole, set_up, tear_down),
	        cmocka_unit_test_setup_teardown(
	                early__rest_is_malformed__says_where_and_leaves_the_part, set_up,
	                tear_down),
	        cmocka_unit_test_setup_teardown(early__short_file__is_converted_at_once, set_up,
	                                        tear_down),
	        cmocka_unit_test_setup_teardown(
	                early__not_wanted_any_more__ends_and_leaves_nothing_beside, set_up,
	                tear_down),
	        cmocka_unit_test(done__of_what_is_not_known__is_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
