/* A stack overflow is a fault in a guard page; this names the task before the process dies of it. */
#ifndef GANTTOP_RUNTIME_OVERFLOW_H
#define GANTTOP_RUNTIME_OVERFLOW_H

/* Watch for overflows on this thread, unless somebody else handles SIGSEGV already. Nests. */
void gt__overflow_watch(void);
void gt__overflow_unwatch(void);

#endif
