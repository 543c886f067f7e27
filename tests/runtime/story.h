/* A story: what happened in a test, a word at a time with its time in ms, as the twin of the same name in Python tells it. */
#ifndef GANTTOP_TESTS_RUNTIME_STORY_H
#define GANTTOP_TESTS_RUNTIME_STORY_H

#include "runtime/ganttop.h"

/* Forget what was told. */
void story_begin(void);

/* Tell a word. */
void tell(const char *format, ...) GT_PRINTF(1, 2);

/* Return what was told since story_begin, with blanks between the words. owns: borrows. */
const char *story(void);

/* Return what a call ended with, in a word. */
const char *word(int rc);

/* A task that sleeps for so many ms, which are its value. */
int nap(void *arg);
struct gt_task *napper(unsigned ms);

/* A task that tells "beside". */
int beside(void *arg);

/* A callback that cancels the task `arg`. */
void cancel_it(void *arg);

#endif
