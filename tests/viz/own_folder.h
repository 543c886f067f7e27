/* A folder that a test has for itself, and stands in. */
#ifndef GANTTOP_TESTS_VIZ_OWN_FOLDER_H
#define GANTTOP_TESTS_VIZ_OWN_FOLDER_H

#include <stddef.h>

/* Make a new folder and go there; leave it, with what the tests of files make ("out", "link") removed. For cmocka's setup and teardown; `state` is
 * not looked at. Return 0, or -1: also when something else is left behind. */
int own_folder_make(void **state);
int own_folder_remove(void **state);

/* Return how many files stand in the folder that we are in, those whose names begin with a dot left out. */
size_t own_folder_count(void);

#endif
