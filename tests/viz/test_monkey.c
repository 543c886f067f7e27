/* A monkey at the keyboard: random keys, mouse events and sizes on the recording of every lesson. Nothing may break: asserts, sanitizers and
 * the grid's edges are the judges; and what is painted with the rows of frames before is what is painted anew. MONKEY_KEYS says how many keys a lesson gets, MONKEY_SEED which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "viz/run/follow.h"
#include "viz/run/lesson.h"
#include "viz/session/session.h"

static uint64_t seed;

static uint32_t next(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 16) % below;
}

static unsigned long number_of(const char *name, unsigned long usual)
{
	const char *text = getenv(name);
	return text != NULL && *text != '\0' ? strtoul(text, NULL, 10) : usual;
}

static struct viz_key random_key(void)
{
	static const uint32_t named[] = {
#define CODE(name, value, word) VIZ_KEY_##name,
	        VIZ_KEYS(CODE)
#undef CODE
	};
	struct viz_key key = {.row = (int)next(130) - 5, .col = (int)next(420) - 10};
	uint32_t kind = next(10);
	if (kind < 5)
		key.code = ' ' + next(95);
	else if (kind < 9)
		key.code = named[next(sizeof named / sizeof named[0])];
	else
		key.code = next(0x110030);
	return key;
}

static void change_size(struct viz_grid *grid)
{
	int rows = 1 + (int)next(next(2) ? 60 : 120), cols = 1 + (int)next(next(2) ? 160 : 400);
	viz_grid_fini(grid);
	assert_int_equal(viz_grid_init(grid, rows, cols), 0);
}

static void paint_anew(struct viz_session *session, const struct viz_grid *same)
{
	struct viz_kept_rows *kept = session->kept;
	struct viz_grid anew;
	assert_int_equal(viz_grid_init(&anew, same->rows, same->cols), 0);
	session->kept = NULL;
	viz_session_paint(session, &anew);
	session->kept = kept;
	for (int i = 0; i < same->rows * same->cols; i++) {
		assert_int_equal(anew.cells[i].ch, same->cells[i].ch);
		assert_int_equal(anew.cells[i].style, same->cells[i].style);
		assert_int_equal(anew.cells[i].marked, same->cells[i].marked);
	}
	viz_grid_fini(&anew);
}

static void paint_some(struct viz_session *session, struct viz_grid *grid)
{
	if (next(8) == 0)
		change_size(grid);
	viz_session_paint(session, grid);
	if (next(4) == 0)
		paint_anew(session, grid);
}

static void play(struct viz_session *session, unsigned long n)
{
	struct viz_grid grid = {.rows = 0};
	change_size(&grid);
	for (unsigned long i = 0; i < n; i++) {
		struct viz_key key = random_key();
		if (!viz_session_type(session, &key))
			viz_session_act(session,
			                viz_action_find(viz_session_where(session), key.code),
			                &key);
		if (next(8) == 0)
			paint_some(session, &grid);
		if (next(200) == 0)
			session->view.ascii = next(2);
		viz_session_update(session);
	}
	viz_grid_fini(&grid);
}

/* Run a lesson, under the virtual clock if it can be, in a process of its own, and give its recording to the monkey. */
static void visit(const struct scenario *scenario, unsigned long n)
{
	char log[] = "/tmp/ganttop-monkey-XXXXXX";
	struct viz_options options;
	struct viz_problem problem;
	struct viz_session session;
	struct trace_model *model = NULL;
	struct scn_run run;
	char *argv[] = {"ganttop", NULL};
	int fd = mkstemp(log), status;
	assert_true(fd >= 0);
	close(fd);
	viz_options_init(&options, 1, argv);
	enum trace_clock clock =
	        scenario->needs_real_clock ? TRACE_CLOCK_REAL : TRACE_CLOCK_VIRTUAL;
	assert_int_equal(viz_lesson_run(&options, scenario, clock, &run, &problem), 0);
	run.log = log;
	pid_t pid = fork();
	if (pid == 0)
		_exit(freopen("/dev/null", "w", stderr) != NULL ? scn_run(&run) : 9);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(viz_follow_open(&model, log, &problem), 0);
	unlink(log);
	viz_session_init(&session, model, NULL, 0);
	play(&session, n);
	viz_session_fini(&session);
}

static void monkey__every_lesson__nothing_breaks(void **state)
{
	unsigned long n = number_of("MONKEY_KEYS", 40);
	(void)state;
	seed = 88172645463325252u + number_of("MONKEY_SEED", 0);
	for (size_t i = 0; i < scn_count(); i++) {
		if (getenv("MONKEY_KEYS") != NULL)
			fprintf(stderr, "%s\n", scn_at(i)->name);
		visit(scn_at(i), n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(monkey__every_lesson__nothing_breaks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
