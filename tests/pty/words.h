/* The words of the screen that these tests wait for, in one place. */
#ifndef GANTTOP_TESTS_PTY_WORDS_H
#define GANTTOP_TESTS_PTY_WORDS_H

#define WORDS_MENU     "a second of nothing"     /* the first lesson of the menu */
#define WORDS_TITLE    "five tasks, two permits" /* of the semaphore lesson */
#define WORDS_QUESTION "Why does Task 4"

/* The mode, at the top */
#define WORDS_PLAYING "playing"
#define WORDS_HELD    "held"
#define WORDS_ENDED   "ended"
#define WORDS_DIED    "died"
#define WORDS_FILE    "recording"

#define WORDS_HELP   "half the speed" /* on the first page of help */
#define WORDS_KILLED "killed"
#define WORDS_SMALL  "40x10"

#endif
