/* The bytes that give the terminal back, for the handlers of signals. */
#ifndef GANTTOP_VIZ_TERM_RESTORE_H
#define GANTTOP_VIZ_TERM_RESTORE_H

#include <termios.h>

/* Work out the bytes for the terminal that curses uses, and hand them with the modes to rescue.h. */
void viz_restore_prepare(const struct termios *modes);

#endif
