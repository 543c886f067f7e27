/* Out of memory at every single allocation of a reader, a model and a validation: a message, nothing leaked, and the file can be read as
 * soon as there is memory again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/allocation.h"
#include "tests/trace/random_log.h"
#include "trace/model.h"
#include "trace/reader.h"
#include "trace/validate.h"

/* Read all of it. Returns TRACE_OK, or the code of what failed. */
static int read_all(const char *path, struct trace_error *error)
{
	struct trace_reader *reader;
	struct trace_violation list[4];
	size_t n;
	int rc = trace_reader_open(&reader, path, false, error);
	if (rc)
		return rc;
	struct trace_model *model = trace_model_create(reader);
	if (!model) {
		trace_reader_close(reader);
		snprintf(error->text, sizeof error->text, "no model");
		return TRACE_ESYSTEM;
	}
	while ((rc = trace_model_update(model, error)) > 0)
		;
	if (!rc)
		rc = trace_validate(model, list, sizeof list / sizeof list[0], &n, error);
	trace_model_destroy(model);
	return rc;
}

static void reading__each_allocation_fails__message_and_next_time_it_works(void **state)
{
	struct make_log log;
	const char *path = make_log_path("memory");
	struct trace_error error;
	(void)state;
	make_log_init(&log);
	random_log(&log, 11, 1500, true);
	make_log_write(&log, path, log.n_bytes);
	make_log_fini(&log);
	long n = 0;
	bool failed;
	do {
		error.text[0] = '\0';
		fail_after(n++, false);
		int rc = read_all(path, &error);
		fail_no_more();
		failed = atomic_load(&has_failed);
		if (rc && (!failed || !error.text[0]))
			fail_msg("allocation %ld: code %d, '%s'", n - 1, rc, error.text);
	} while (failed);
	assert_true(n > 20); /* the harness is at work */
	assert_int_equal(read_all(path, &error), TRACE_OK);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(reading__each_allocation_fails__message_and_next_time_it_works),
	};
	fail_no_more();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
