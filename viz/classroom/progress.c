/* The file of progress. It is written anew at each change, beside itself and then renamed, so that two programs at once cost at most
 * a line and never the file.
 */
#include "viz/classroom/progress.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scenarios/scenario.h"

/* Write the path of the file; the last `cut` parts left out. Returns false when there is no home, or it is too long. */
static bool path_of(char path[PATH_MAX])
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	int n = -1;
	if (state != NULL && state[0] == '/')
		n = snprintf(path, PATH_MAX, "%s/ganttop/progress", state);
	else if (home != NULL && home[0] == '/')
		n = snprintf(path, PATH_MAX, "%s/.local/state/ganttop/progress", home);
	return n > 0 && n < PATH_MAX;
}

static size_t index_of(const char *name)
{
	size_t n = scn_count() < VIZ_PROGRESS_LESSONS ? scn_count() : VIZ_PROGRESS_LESSONS;
	for (size_t i = 0; i < n; i++)
		if (strcmp(scn_at(i)->name, name) == 0)
			return i;
	return SIZE_MAX;
}

static void read_line(struct viz_progress *progress, char *line)
{
	line[strcspn(line, "\r\n")] = '\0';
	char *space = strchr(line, ' ');
	size_t lesson = space != NULL ? index_of(space + 1) : SIZE_MAX;
	size_t word = space != NULL ? (size_t)(space - line) : 0;
	if (lesson != SIZE_MAX && word == 4 && memcmp(line, "seen", 4) == 0)
		progress->seen[lesson] = true;
	else if (lesson != SIZE_MAX && word == 4 && memcmp(line, "last", 4) == 0)
		progress->last = lesson;
	else if (line[0] != '\0')
		progress->n_strange++;
}

void viz_progress_read(struct viz_progress *progress)
{
	char path[PATH_MAX], line[200];
	*progress = (struct viz_progress){.last = SIZE_MAX};
	FILE *file = path_of(path) ? fopen(path, "re") : NULL;
	if (file == NULL)
		return;
	/* a file that is not ours may be of any length */
	for (int n = 0; n < 2000 && fgets(line, sizeof line, file) != NULL; n++)
		read_line(progress, line);
	fclose(file);
}

/* Make the folders above the file, those that are missing. */
static bool make_folders(char path[PATH_MAX])
{
	for (char *at = strchr(path + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
		*at = '\0';
		bool is_there = mkdir(path, 0700) == 0 || errno == EEXIST;
		*at = '/';
		if (!is_there)
			return false;
	}
	return true;
}

static void print(const struct viz_progress *progress, FILE *file)
{
	for (size_t i = 0; i < scn_count() && i < VIZ_PROGRESS_LESSONS; i++)
		if (progress->seen[i])
			fprintf(file, "seen %s\n", scn_at(i)->name);
	if (progress->last < scn_count())
		fprintf(file, "last %s\n", scn_at(progress->last)->name);
}

bool viz_progress_write(const struct viz_progress *progress)
{
	char path[PATH_MAX], beside[PATH_MAX + 20];
	if (!path_of(path) || !make_folders(path))
		return false;
	snprintf(beside, sizeof beside, "%s.%ld", path, (long)getpid());
	FILE *file = fopen(beside, "we");
	if (file == NULL)
		return false;
	print(progress, file);
	bool is_whole = !ferror(file);
	is_whole &= fclose(file) == 0;
	if (is_whole && rename(beside, path) == 0)
		return true;
	unlink(beside);
	return false;
}

bool viz_progress_open(struct viz_progress *progress, size_t lesson)
{
	if (lesson >= VIZ_PROGRESS_LESSONS || progress->last == lesson)
		return false;
	progress->last = lesson;
	return true;
}

bool viz_progress_see(struct viz_progress *progress, size_t lesson)
{
	if (lesson >= VIZ_PROGRESS_LESSONS || progress->seen[lesson])
		return false;
	progress->seen[lesson] = true;
	return true;
}

size_t viz_progress_of(const struct viz_progress *progress, const char *chapter, size_t *n)
{
	size_t seen = 0;
	*n = 0;
	for (size_t i = 0; i < scn_count() && i < VIZ_PROGRESS_LESSONS; i++) {
		bool is_in = strcmp(scn_at(i)->chapter, chapter) == 0;
		*n += is_in;
		seen += is_in && progress->seen[i];
	}
	return seen;
}
