/* Progress: what is kept is there again; what is broken costs nothing but itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenarios/scenario.h"
#include "viz/classroom/progress.h"

static char dir[64];

static int set_up(void **state)
{
	(void)state;
	snprintf(dir, sizeof dir, "/tmp/ganttop-progress-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	return setenv("XDG_STATE_HOME", dir, 1);
}

static int tear_down(void **state)
{
	char path[128];
	(void)state;
	snprintf(path, sizeof path, "%s/ganttop/progress", dir);
	unlink(path);
	snprintf(path, sizeof path, "%s/ganttop", dir);
	rmdir(path);
	return rmdir(dir);
}

static void put(const char *text)
{
	char path[128];
	snprintf(path, sizeof path, "%s/ganttop", dir);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/ganttop/progress", dir);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void progress__written__is_read_again(void **state)
{
	struct viz_progress progress, again;
	size_t n;
	(void)state;
	viz_progress_read(&progress);
	assert_int_equal(progress.last, SIZE_MAX);
	assert_int_equal(viz_progress_of(&progress, scn_at(0)->chapter, &n), 0);
	assert_true(viz_progress_open(&progress, 3));
	assert_false(viz_progress_open(&progress, 3));
	assert_true(viz_progress_see(&progress, 0));
	assert_true(viz_progress_see(&progress, 3));
	assert_false(viz_progress_see(&progress, 3));
	assert_true(viz_progress_write(&progress));
	viz_progress_read(&again);
	assert_int_equal(again.last, 3);
	assert_int_equal(again.n_strange, 0);
	assert_memory_equal(again.seen, progress.seen, sizeof again.seen);
	assert_int_equal(viz_progress_of(&again, scn_at(0)->chapter, &n), 2);
	assert_true(n > 2);
}

static void progress__broken_lines__are_counted_and_left_out(void **state)
{
	struct viz_progress progress;
	(void)state;
	put("seen hello\nnonsense\nseen no-such-lesson\nseen\nlast chain\nSEEN chain\n\n\x01\x02");
	viz_progress_read(&progress);
	assert_true(progress.seen[0]);
	assert_string_equal(scn_at(progress.last)->name, "chain");
	assert_int_equal(progress.n_strange, 5);
}

static void progress__beyond_the_registry__is_not_kept(void **state)
{
	struct viz_progress progress;
	(void)state;
	viz_progress_read(&progress);
	assert_false(viz_progress_open(&progress, SIZE_MAX));
	assert_false(viz_progress_see(&progress, SIZE_MAX));
	assert_true(scn_count() <= VIZ_PROGRESS_LESSONS);
}

static void progress__no_place__is_not_kept_and_nothing_else_happens(void **state)
{
	struct viz_progress progress;
	(void)state;
	setenv("XDG_STATE_HOME", "/proc/nowhere", 1);
	viz_progress_read(&progress);
	assert_false(viz_progress_write(&progress));
	setenv("XDG_STATE_HOME", dir, 1);
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	        test(progress__written__is_read_again),
	        test(progress__broken_lines__are_counted_and_left_out),
	        test(progress__beyond_the_registry__is_not_kept),
	        test(progress__no_place__is_not_kept_and_nothing_else_happens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
