/* The printer: cells as bytes for the terminal, without curses in between. */
#ifndef GANTTOP_VIZ_TERM_PRINTER_H
#define GANTTOP_VIZ_TERM_PRINTER_H

#include <stdbool.h>
#include <stddef.h>

#include "viz/canvas/palette.h"

struct viz_printer;

/* Return a printer for the terminal that curses has been started on; NULL when its ways are not those of nearly all terminals, or
 * without memory: curses must print then. `ascii`: what is not ASCII is sent as '?'.
 * owns: returns; viz_printer_destroy(NULL) does nothing. */
struct viz_printer *viz_printer_create(bool ascii);
void viz_printer_destroy(struct viz_printer *printer);

/* Print `n` cells of a row of `cols` columns, from (row, col) on. The right half of a wide character is passed over. */
void viz_printer_cells(struct viz_printer *printer, int row, int col, const struct viz_cell *cells,
                       int n, int cols, enum viz_depth depth, enum viz_theme theme);

/* Send what was printed to `fd`, ending in the terminal's own colours. Returns how many bytes that were. */
size_t viz_printer_flush(struct viz_printer *printer, int fd);

#endif
