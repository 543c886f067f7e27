/* The loop, on libuv. Everything that happens ends in `turn`: update the app, paint if the picture may have changed,
 * and set the timer if it moves. With nothing moving there is no timer, and the process sleeps.
 *
 * The one file of viz/ that knows libuv.
 */
#include "viz/app/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

enum { INT, TERM, HUP, QUIT, TSTP, CONT, WINCH, CHLD, N_SIGNALS };
static const int signals[N_SIGNALS] = {
        [INT] = SIGINT,   [TERM] = SIGTERM, [HUP] = SIGHUP,     [QUIT] = SIGQUIT,
        [TSTP] = SIGTSTP, [CONT] = SIGCONT, [WINCH] = SIGWINCH, [CHLD] = SIGCHLD,
};

#define TELL_MS 50 /* between two tries to tell a follower */

struct loop {
	uv_loop_t uv;
	uv_poll_t input;
	int input_fd;     /* the terminal, opened once more; -1: not open */
	uv_poll_t socket; /* of a shared view */
	bool has_socket;
	uv_fs_event_t file; /* a finished recording, which somebody may cut short */
	uv_timer_t timer;
	bool tells_again; /* a follower is behind */
	uv_signal_t signals[N_SIGNALS];
	struct viz_app *app;
	struct viz_screen *screen;
	struct viz_grid grid;
	unsigned period_ms; /* of the timer; 0: stopped */
	int died_of;        /* signal that ends us; 0: none */
};

/* ---- Painting ---- */

static void paint(struct loop *loop)
{
	int rows, cols;
	viz_screen_size(loop->screen, &rows, &cols);
	if (rows != loop->grid.rows || cols != loop->grid.cols) {
		viz_grid_fini(&loop->grid);
		loop->grid = (struct viz_grid){.rows = 0};
		if (viz_grid_init(&loop->grid, rows, cols) != 0)
			return;
	}
	viz_screen_theme(loop->screen, loop->app->theme);
	if (loop->app->redraw)
		viz_screen_forget(loop->screen);
	loop->app->redraw = false;
	viz_app_paint(loop->app, &loop->grid);
	viz_screen_show(loop->screen, &loop->grid);
	loop->tells_again = viz_app_tell(loop->app);
}

static void on_timer(uv_timer_t *timer);

static void set_timer(struct loop *loop)
{
	unsigned period_ms = loop->app->quit ? 0 : viz_app_period_ms(loop->app);
	if (period_ms == 0 && loop->tells_again && !loop->app->quit)
		period_ms = TELL_MS;
	if (period_ms == loop->period_ms)
		return;
	loop->period_ms = period_ms;
	if (period_ms == 0)
		uv_timer_stop(&loop->timer);
	else
		uv_timer_start(&loop->timer, on_timer, period_ms, period_ms);
}

static void turn(struct loop *loop, bool changed)
{
	if (viz_app_update(loop->app))
		changed = true;
	if (loop->app->quit || loop->died_of != 0) {
		uv_stop(&loop->uv);
		return;
	}
	/* closed by the app: it must not be polled, its number may come again */
	if (loop->has_socket && viz_app_fd(loop->app) < 0) {
		uv_poll_stop(&loop->socket);
		loop->has_socket = false;
	}
	if (changed)
		paint(loop);
	set_timer(loop);
}

/* ---- What happens ---- */

static void on_timer(uv_timer_t *timer)
{
	struct loop *loop = timer->data;
	turn(loop, loop->tells_again);
}

static void on_input(uv_poll_t *input, int status, int events)
{
	struct loop *loop = input->data;
	struct viz_key key;
	while (!loop->app->quit && viz_screen_key(loop->screen, &key))
		viz_app_key(loop->app, &key);
	/* The terminal is gone: without this, an end of file is readable for ever. */
	if (status < 0 || (events & UV_DISCONNECT) != 0)
		loop->died_of = SIGHUP;
	turn(loop, true);
}

/* Somebody wants to follow, or who is followed has something to say. */
static void on_socket(uv_poll_t *socket, int status, int events)
{
	struct loop *loop = socket->data;
	(void)status, (void)events;
	viz_app_ready(loop->app);
	turn(loop, true);
}

static void on_file(uv_fs_event_t *file, const char *name, int events, int status)
{
	(void)name, (void)events, (void)status;
	turn(file->data, false);
}

static void on_signal(uv_signal_t *handle, int number);

/* Stop as the shell expects: the terminal is its own meanwhile, and ours again when we are continued. The signal is let
 * in by ppoll alone, so that a second one cannot stop us halfway back, with the terminal taken. */
static void stop_ourselves(struct loop *loop)
{
	sigset_t only, before;
	sigemptyset(&only);
	sigaddset(&only, SIGTSTP);
	viz_screen_suspend(loop->screen);
	sigprocmask(SIG_BLOCK, &only, &before);
	uv_signal_stop(&loop->signals[TSTP]);
	signal(SIGTSTP, SIG_DFL);
	raise(SIGTSTP);
	ppoll(NULL, 0, &(struct timespec){.tv_nsec = 1000000}, &before);
	viz_screen_resume(loop->screen);
	uv_signal_start(&loop->signals[TSTP], on_signal, SIGTSTP);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

static void on_signal(uv_signal_t *handle, int number)
{
	struct loop *loop = handle->data;
	switch (number) {
	case SIGINT:
	case SIGTERM:
	case SIGHUP:
	case SIGQUIT:
		loop->died_of = number;
		break;
	case SIGTSTP:
		stop_ourselves(loop);
		break;
	case SIGCONT:
		/* After SIGSTOP, which nobody can catch, the shell may have changed the terminal's modes. */
		viz_screen_suspend(loop->screen);
		viz_screen_resume(loop->screen);
		break;
	case SIGWINCH:
		/* Small and large again before we looked: the same size, and the terminal has cut the lines. */
		loop->app->redraw = true;
		break;
	default:
		break;
	}
	turn(loop, number != SIGCHLD);
}

/* ---- The loop's life ---- */

/* Open the terminal once more. libuv makes what it polls non-blocking for all who share its description, and that of
 * standard input is shared with the shell: its next program would fail with EAGAIN. Our own output would suffer too, curses
 * tries again at full speed where the terminal is slow to take it. */
static int open_input(void)
{
	char name[256];
	int fd = -1, flags = O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;
	if (ttyname_r(STDIN_FILENO, name, sizeof name) == 0)
		fd = open(name, flags);
	if (fd < 0)
		fd = open("/dev/tty", flags); /* a container may hide the name */
	return fd < 0 ? uv_translate_sys_error(errno) : fd;
}

static int start_socket(struct loop *loop)
{
	int fd = viz_app_fd(loop->app);
	if (fd < 0)
		return 0;
	int rc = uv_poll_init(&loop->uv, &loop->socket, fd);
	if (rc != 0)
		return rc;
	loop->has_socket = true;
	loop->socket.data = loop;
	return uv_poll_start(&loop->socket, UV_READABLE, on_socket);
}

/* Where the system cannot watch a file, a cut is noticed at the next key. */
static void start_file(struct loop *loop)
{
	const char *path = viz_app_file(loop->app);
	if (path == NULL || uv_fs_event_init(&loop->uv, &loop->file) != 0)
		return;
	loop->file.data = loop;
	(void)uv_fs_event_start(&loop->file, on_file, path, 0);
}

static int start(struct loop *loop)
{
	loop->input_fd = open_input();
	if (loop->input_fd < 0)
		return loop->input_fd;
	int rc = uv_poll_init(&loop->uv, &loop->input, loop->input_fd);
	if (rc != 0)
		return rc;
	loop->input.data = loop->timer.data = loop;
	uv_timer_init(&loop->uv, &loop->timer);
	for (int i = 0; i < N_SIGNALS; i++) {
		uv_signal_init(&loop->uv, &loop->signals[i]);
		loop->signals[i].data = loop;
		rc = uv_signal_start(&loop->signals[i], on_signal, signals[i]);
		if (rc != 0)
			return rc;
	}
	start_file(loop);
	rc = start_socket(loop);
	if (rc != 0)
		return rc;
	return uv_poll_start(&loop->input, UV_READABLE | UV_DISCONNECT, on_input);
}

static void close_handle(uv_handle_t *handle, void *arg)
{
	(void)arg;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

int viz_loop_run(struct viz_app *app, struct viz_screen *screen, struct viz_problem *problem)
{
	struct loop loop = {.app = app, .screen = screen, .input_fd = -1};
	int rc = uv_loop_init(&loop.uv);
	if (rc == 0) {
		rc = start(&loop);
		if (rc == 0) {
			turn(&loop, true);
			uv_run(&loop.uv, UV_RUN_DEFAULT);
		}
		uv_walk(&loop.uv, close_handle, NULL);
		uv_run(&loop.uv, UV_RUN_DEFAULT);
		uv_loop_close(&loop.uv);
		if (loop.input_fd >= 0)
			close(loop.input_fd);
	}
	viz_grid_fini(&loop.grid);
	if (rc != 0) {
		viz_problem_set(problem, "cannot watch the terminal: %s", uv_strerror(rc));
		return -1;
	}
	return loop.died_of;
}
