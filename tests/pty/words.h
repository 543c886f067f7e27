/* The words of the screen that these tests wait for, in one place. */
#ifndef GANTTOP_TESTS_PTY_WORDS_H
#define GANTTOP_TESTS_PTY_WORDS_H

#define WORDS_TITLE    "five tasks, two permits" /* of the semaphore lesson */
#define WORDS_QUESTION "Why does Task 4"
#define WORDS_HELD     "held"
#define WORDS_PAUSE    "pause" /* footer while the program runs */
#define WORDS_PLAY     "play"  /* footer while it is held */
#define WORDS_KILLED   "killed"
#define WORDS_SMALL    "40x10"

#endif
