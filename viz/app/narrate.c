/* The loop of the narration: poll, keys, telling. It is small enough to need no library: one descriptor, and a period while
 * something moves. The terminal stays in its own hands but for line editing and echo.
 */
#include "viz/app/narrate.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "viz/narrate/keys.h"
#include "viz/narrate/narrator.h"
#include "viz/files/rescue.h"

#define INPUT_BYTES 256

struct narration {
	struct viz_app *app;
	struct viz_narrator narrator;
	struct termios original;
	char told[4000], told_typed[400]; /* of a prediction, the last time */
};

bool viz_narrate_is_interactive(const struct viz_options *options)
{
	return !options->plain && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static bool take_terminal(struct narration *narration)
{
	struct termios modes;
	if (tcgetattr(STDIN_FILENO, &narration->original) != 0)
		return false;
	modes = narration->original;
	modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	modes.c_cc[VMIN] = 1;
	modes.c_cc[VTIME] = 0;
	viz_rescue_terminal(STDIN_FILENO, "\r", 1, &narration->original);
	return tcsetattr(STDIN_FILENO, TCSANOW, &modes) == 0;
}

static void give_back(struct narration *narration)
{
	tcsetattr(STDIN_FILENO, TCSANOW, &narration->original);
	viz_rescue_terminal(0, NULL, 0, NULL);
}

/* A page is read out at once, and closed: there is nothing to scroll. */
static void read_page(struct narration *narration)
{
	struct viz_app *app = narration->app;
	if (app->screen != VIZ_APP_PAGE)
		return;
	fputs(app->page.text, stdout);
	app->screen = app->below;
}

/* Help is a page over a session: here the list of keys is read out. */
static void read_help(struct narration *narration)
{
	struct viz_help_line lines[VIZ_ACTION_COUNT];
	if (narration->app->screen != VIZ_APP_SESSION || !narration->app->session.view.help)
		return;
	narration->app->session.view.help = false;
	size_t n = viz_action_help(lines, VIZ_ACTION_COUNT);
	for (size_t i = 0; i < n && i < VIZ_ACTION_COUNT; i++)
		printf("%s: %s\n", lines[i].keys, lines[i].text);
}

/* A question with its options, once; what is typed, as it is typed. The lesson itself is silent meanwhile: it would tell how it
 * goes on. */
static void read_predict(struct narration *narration)
{
	char text[sizeof narration->told], typed[sizeof narration->told_typed];
	struct viz_text said = viz_text_begin(text, sizeof text);
	struct viz_text line = viz_text_begin(typed, sizeof typed);
	viz_predict_read(&narration->app->predict, &said);
	viz_predict_read_typed(&narration->app->predict, &line);
	if (strcmp(text, narration->told) != 0)
		puts(text);
	if (strcmp(typed, narration->told_typed) != 0 && typed[0] != '\0')
		puts(typed);
	memcpy(narration->told, text, sizeof text);
	memcpy(narration->told_typed, typed, sizeof typed);
	fflush(stdout);
}

static void tell(struct narration *narration)
{
	struct viz_app *app = narration->app;
	read_page(narration);
	read_help(narration);
	if (app->screen == VIZ_APP_PREDICT) {
		read_predict(narration);
		return;
	}
	narration->told[0] = narration->told_typed[0] = '\0';
	if (app->screen != VIZ_APP_SESSION && app->screen != VIZ_APP_MENU) {
		/* Screens that are pictures of several things have no linear form. */
		app->screen = VIZ_APP_SESSION;
		puts("That is a screen and not told here; run it without --narrate.");
	}
	if (app->has_session)
		viz_narrator_tell(&narration->narrator, &app->session);
	fflush(stdout);
}

static void echo_prompt(const struct viz_app *app, char sign_before)
{
	const struct viz_prompt *prompt = &app->session.prompt;
	if (prompt->sign != 0)
		printf("\r%c%s", prompt->sign, prompt->text);
	else if (sign_before != 0)
		putchar('\n');
}

static void take_keys(struct narration *narration, const char *bytes, size_t n)
{
	struct viz_app *app = narration->app;
	while (n > 0 && !app->quit) {
		struct viz_key key;
		size_t used = viz_bytes_to_key(bytes, n, &key);
		bytes += used;
		n -= used;
		char sign = app->session.prompt.sign;
		viz_narrator_hear(&narration->narrator);
		if (key.code != VIZ_KEY_NONE)
			viz_app_key(app, &key);
		echo_prompt(app, sign);
		if (!app->quit)
			tell(narration);
	}
}

/* Wait for keys, as long as nothing moves. Returns false at the end of the input. */
static bool wait_for_keys(struct narration *narration)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
	unsigned period_ms = viz_app_period_ms(narration->app);
	char bytes[INPUT_BYTES];
	int ready = poll(&input, 1, period_ms > 0 ? (int)period_ms : -1);
	if (ready <= 0)
		return ready == 0 || errno == EINTR;
	ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
	if (n <= 0)
		return n < 0 && (errno == EINTR || errno == EAGAIN);
	take_keys(narration, bytes, (size_t)n);
	return true;
}

int viz_narrate_run(struct viz_app *app)
{
	struct narration narration = {.app = app};
	if (!take_terminal(&narration))
		return viz_complain(VIZ_EXIT_FAILED, "cannot use the terminal");
	viz_narrator_open(&narration.narrator, &app->session, stdout);
	do {
		viz_app_update(app);
		tell(&narration);
	} while (!app->quit && wait_for_keys(&narration) && !app->quit);
	give_back(&narration);
	return app->status;
}
