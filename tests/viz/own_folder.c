/* A folder for a test: made, stood in, looked at, removed. */
#include "tests/viz/own_folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[64];

int own_folder_make(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/ganttop-folder-XXXXXX");
	return mkdtemp(folder) != NULL && chdir(folder) == 0 ? 0 : -1;
}

int own_folder_remove(void **state)
{
	(void)state;
	unlink("out");
	unlink("link");
	return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

size_t own_folder_count(void)
{
	size_t n = 0;
	DIR *dir = opendir(".");
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
		n += entry->d_name[0] != '.';
	closedir(dir);
	return n;
}
