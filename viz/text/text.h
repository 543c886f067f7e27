/* A sentence under construction in the caller's buffer: what does not fit is counted and left out, and the
 * buffer always holds whole code points and an ending zero. */
#ifndef GANTTOP_VIZ_TEXT_TEXT_H
#define GANTTOP_VIZ_TEXT_TEXT_H

#include <stddef.h>

struct viz_text {
	char *bytes;
	size_t size; /* of the buffer, the ending zero included */
	size_t len;  /* of the whole text, as if the buffer were large enough */
};

/* Begin an empty text in `bytes`. `size` may be 0: then nothing is written and only counted. */
struct viz_text viz_text_begin(char *bytes, size_t size);

/* Append printf-style. */
void viz_text_add(struct viz_text *text, const char *format, ...)
#if defined __GNUC__
        __attribute__((format(printf, 2, 3)))
#endif
        ;

#endif
