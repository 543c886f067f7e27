/* The policies. Each is a function over the list of what is ready; callbacks of the loop are not theirs to order. */
#include "runtime/policy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct gt__handle *handle_at(struct gt__node *node)
{
	return GT__CONTAINER(node, struct gt__handle, node);
}

static struct gt__handle *choose_first(struct gt__loop *loop, struct gt__node *ready)
{
	(void)loop;
	struct gt__node *node = ready->next;
	while (!handle_at(node)->is_task)
		node = node->next;
	return handle_at(node);
}

static struct gt__handle *choose_last(struct gt__loop *loop, struct gt__node *ready)
{
	(void)loop;
	struct gt__node *node = ready->prev;
	while (!handle_at(node)->is_task)
		node = node->prev;
	return handle_at(node);
}

static int priority_of(struct gt__handle *handle)
{
	return GT__CONTAINER(handle, struct gt_task, step)->rest.priority;
}

static struct gt__handle *choose_highest(struct gt__loop *loop, struct gt__node *ready)
{
	struct gt__handle *best = choose_first(loop, ready);
	for (struct gt__node *node = best->node.next; node != ready; node = node->next) {
		struct gt__handle *handle = handle_at(node);
		if (handle->is_task && priority_of(handle) > priority_of(best))
			best = handle;
	}
	return best;
}

/* splitmix64: a seed gives the same run on every machine. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static struct gt__handle *choose_random(struct gt__loop *loop, struct gt__node *ready)
{
	struct gt__handle *chosen = NULL;
	uint64_t n = 0;
	for (struct gt__node *node = ready->next; node != ready; node = node->next)
		if (handle_at(node)->is_task && next_random(&loop->random) % ++n == 0)
			chosen = handle_at(node);
	return chosen;
}

/* `manual` chooses as FIFO does; it is the gate that asks, and its `pick` that decides. */
static const struct gt__policy_ops policies[] = {
        {"lifo", choose_last},
        {"priority", choose_highest},
        {"random", choose_random},
        {"manual", choose_first},
};

static int read_seed(const char *text, uint64_t *seed)
{
	char *end;
	errno = 0;
	unsigned long long value = strtoull(text, &end, 10);
	if (errno || end == text || *end || *text == '-')
		return GT_EVALUE;
	*seed = value;
	return 0;
}

int gt__policy_find(const char *text, const struct gt__policy_ops **out, uint64_t *seed)
{
	*out = NULL;
	if (!text || !strcmp(text, "fifo"))
		return 0;
	size_t n = strcspn(text, ":");
	for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
		const struct gt__policy_ops *policy = &policies[i];
		if (strlen(policy->name) != n || strncmp(policy->name, text, n))
			continue;
		bool takes_seed = policy->choose == choose_random;
		if (text[n] && (!takes_seed || read_seed(text + n + 1, seed)))
			return GT_EVALUE;
		*out = policy;
		return 0;
	}
	return GT_EVALUE;
}
