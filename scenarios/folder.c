/* What a lesson on real files leaves behind when its process is ended from outside: nothing. The viewer that is closed sends SIGTERM
 * while files are still there, and the lesson's own cleaning up never comes to its turn then.
 *
 * The handler only calls what a handler may call: unlink and rmdir on names that were made before.
 */
#include "scenarios/lesson.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define FOLDER_BYTES 100

static const int endings[] = {SIGTERM, SIGINT, SIGHUP};

static char folder[FOLDER_BYTES];
static char names[LESSON_FILES_MAX][FOLDER_BYTES];
static size_t n_names;

static void remove_and_end(int number)
{
	for (size_t i = 0; i < n_names; i++)
		unlink(names[i]);
	rmdir(folder);
	signal(number, SIG_DFL);
	raise(number);
}

static void set_handlers(void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	for (size_t i = 0; i < LESSON_COUNT(endings); i++)
		sigaction(endings[i], &action, NULL);
}

void lesson_folder_guard(const char *path, size_t n_files)
{
	n_names = n_files < LESSON_FILES_MAX ? n_files : LESSON_FILES_MAX;
	snprintf(folder, sizeof(folder), "%s", path);
	for (size_t i = 0; i < n_names; i++)
		snprintf(names[i], sizeof(names[i]), "%s/%d", path, (int)i + 1);
	set_handlers(remove_and_end);
}

void lesson_folder_release(void)
{
	set_handlers(SIG_DFL);
}
