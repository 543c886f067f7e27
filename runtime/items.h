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

/* gt__items_put, gt__items_take for what is not the usual case. */
bool gt__items_put_any(struct gt__items *items, intptr_t item);
intptr_t gt__items_take_any(struct gt__items *items);

/* errors: false when out of memory. */
static inline bool gt__items_put(struct gt__items *items, intptr_t item)
{
	if (items->kind != GT__ITEMS_FIFO || items->n == items->cap)
		return gt__items_put_any(items, item);
	items->items[(items->first + items->n++) & (items->cap - 1)] = item;
	return true;
}

/* Take the next item; there must be one. */
static inline intptr_t gt__items_take(struct gt__items *items)
{
	if (items->kind != GT__ITEMS_FIFO)
		return gt__items_take_any(items);
	intptr_t item = items->items[items->first];
	items->first = (items->first + 1) & (items->cap - 1);
	items->n--;
	return item;
}

#endif
