/* What went wrong: the one line that says so, and the status that the program ends with. */
#ifndef GANTTOP_VIZ_TEXT_PROBLEM_H
#define GANTTOP_VIZ_TEXT_PROBLEM_H

#define VIZ_EXIT_OK     0
#define VIZ_EXIT_FAILED 1
#define VIZ_EXIT_USAGE  2
#define VIZ_EXIT_INPUT  3

/* One line on what is wrong, lower case, without a newline. */
struct viz_problem {
	char text[512];
};

/* Write the line. Returns VIZ_EXIT_USAGE, so that callers can return it. */
int viz_problem_set(struct viz_problem *problem, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* Print "ganttop: text" on standard error, control characters replaced. Returns `status`. */
int viz_complain(int status, const char *text);

#endif
