#include "tests/viz/lesson_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

struct trace_model *lesson_model(const struct scenario *lesson, const char *setting)
{
	char path[] = "/tmp/ganttop-test-XXXXXX", why[200];
	struct scn_run how = {.log = path,
	                      .clock = lesson->needs_real_clock ? TRACE_CLOCK_REAL
	                                                        : TRACE_CLOCK_VIRTUAL};
	struct trace_error error = {0};
	struct trace_reader *reader;
	int file = mkstemp(path);
	assert_true(file >= 0);
	close(file);
	scn_args_init(&how.args, lesson);
	if (setting != NULL && scn_args_set(&how.args, setting, why, sizeof why) != 0)
		fail_msg("%s", why);
	scn_run(&how); /* some lessons end in a deadlock, on purpose */
	assert_int_equal(trace_reader_open(&reader, path, false, &error), TRACE_OK);
	unlink(path);
	struct trace_model *model = trace_model_create(reader);
	assert_non_null(model);
	assert_true(trace_model_update(model, &error) >= 0);
	return model;
}
