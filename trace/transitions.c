/* A bit an event and a running count a word: rank is one look-up and a population count, select a binary search
 * over the counts. Rejected: a list of the transitions' ordinals, which costs four bytes each, and counting
 * them anew for every frame.
 */
#include "trace/transitions.h"

#include <stdlib.h>

#include "trace/array.h"
#include "trace/error.h"

#define WORD_BITS TRACE_TRANSITIONS_WORD

void trace_transitions_fini(struct trace_transitions *set)
{
	free(set->words);
	free(set->before);
	*set = (struct trace_transitions){0};
}

void trace_transitions_clear(struct trace_transitions *set)
{
	set->n_events = 0;
	set->n = 0;
}

int trace_transitions_reserve(struct trace_transitions *set)
{
	size_t word = set->n_events / WORD_BITS;
	if (set->n_events % WORD_BITS != 0)
		return TRACE_OK;
	if (trace_array_reserve(&set->words, word, &set->words_cap, sizeof *set->words) ||
	    trace_array_reserve(&set->before, word, &set->before_cap, sizeof *set->before))
		return TRACE_ESYSTEM;
	set->words[word] = 0;
	set->before[word] = set->n;
	return TRACE_OK;
}

/* source: Warren, Hacker's Delight, 5-1. */
static uint32_t count_bits(uint64_t word)
{
	word -= word >> 1 & UINT64_C(0x5555555555555555);
	word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
	word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (uint32_t)(word * UINT64_C(0x0101010101010101) >> 56);
}

void trace_transitions_add(struct trace_transitions *set, uint64_t bits, uint32_t n)
{
	if (n == 0)
		return;
	set->words[set->n_events / WORD_BITS] |= bits << set->n_events % WORD_BITS;
	set->n += count_bits(bits);
	set->n_events += n;
}

uint32_t trace_transitions_before(const struct trace_transitions *set, size_t n_events)
{
	if (n_events >= set->n_events)
		return set->n;
	size_t word = n_events / WORD_BITS;
	uint64_t below = (UINT64_C(1) << n_events % WORD_BITS) - 1;
	return set->before[word] + count_bits(set->words[word] & below);
}

uint32_t trace_transitions_at(const struct trace_transitions *set, uint32_t index)
{
	if (index >= set->n)
		return UINT32_MAX;
	size_t low = 0, high = (set->n_events - 1) /
	                       WORD_BITS; /* the last word that begins at or before it */
	while (low < high) {
		size_t middle = low + (high - low + 1) / 2;
		if (set->before[middle] <= index)
			low = middle;
		else
			high = middle - 1;
	}
	uint64_t word = set->words[low];
	for (uint32_t left = index - set->before[low]; left > 0; left--)
		word &= word - 1;
	uint32_t bit = count_bits((word & (~word + 1)) - 1);
	return (uint32_t)(low * WORD_BITS) + bit;
}
