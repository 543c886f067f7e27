/* Memory that dies with the loop at the latest: what calls have asked for that never went on, because the run ended in a
 * deadlock or before their callbacks came.
 */
#ifndef GANTTOP_RUNTIME_OWNED_H
#define GANTTOP_RUNTIME_OWNED_H

#include <stddef.h>

struct gt__loop;

/* Return `bytes` of zeros. `drop` (may be NULL) gives back what stands in them, when it is the loop that frees them; tasks and
 * objects are gone by then. errors: NULL when out of memory. */
void *gt__own(struct gt__loop *loop, size_t bytes, void (*drop)(void *memory));

/* Free memory of gt__own. gt__disown(NULL) does nothing. */
void gt__disown(void *memory);

/* Return 0 when `call` may use the memory, which is a handle of the program, else what gt__refuse says. */
int gt__check_owned(const void *memory, const char *call);

/* Free all that is left. */
void gt__owned_drop(struct gt__loop *loop);

#endif
