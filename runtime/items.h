/* The items of a queue, in the order in which its kind gives them out. */
#ifndef GANTTOP_RUNTIME_ITEMS_H
#define GANTTOP_RUNTIME_ITEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum gt__items_kind { GT__ITEMS_FIFO, GT__ITEMS_LIFO, GT__ITEMS_PRIORITY };

struct gt__items {
	enum gt__items_kind kind;
	intptr_t *items;
	size_t first, n,
	        cap; /* cap is a power of two, or 0; first is 0 but for the FIFO, which is a ring */
};

void gt__items_fini(struct gt__items *items);

/* errors: false when out of memory. */
bool gt__items_put(struct gt__items *items, intptr_t item);

/* Take the next item; there must be one. */
intptr_t gt__items_take(struct gt__items *items);

#endif
