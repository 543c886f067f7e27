/* "Did you mean": the lessons whose names are nearest to what was typed.
 *
 * Near is a small edit distance for the length of the word (a swap of neighbours is one edit, as it is one
 * slip of the fingers), or being the beginning of a name: `sem` means semaphore although six letters are
 * missing. Names are short, so a fixed table serves and nothing is allocated. */
#include "scenarios/scenario.h"

#include <string.h>

#define NAME_MAX_BYTES 32u /* longer words are near to nothing */

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* source: optimal string alignment distance, Boytsov 2011. */
static unsigned edits(const char *a, size_t n_a, const char *b, size_t n_b)
{
	unsigned d[NAME_MAX_BYTES + 1][NAME_MAX_BYTES + 1];

	for (size_t i = 0; i <= n_a; i++)
		d[i][0] = (unsigned)i;
	for (size_t j = 0; j <= n_b; j++)
		d[0][j] = (unsigned)j;
	for (size_t i = 1; i <= n_a; i++) {
		for (size_t j = 1; j <= n_b; j++) {
			unsigned replaced = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

			d[i][j] = least(replaced, 1 + least(d[i - 1][j], d[i][j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	}
	return d[n_a][n_b];
}

/* Return how far `word` is from `name`, or a number above every limit when it is not near. */
static unsigned distance(const char *word, const char *name)
{
	size_t n_word = strlen(word), n_name = strlen(name);
	unsigned found;

	if (n_word == 0 || n_word > NAME_MAX_BYTES || n_name > NAME_MAX_BYTES)
		return NAME_MAX_BYTES;
	if (n_word < n_name && memcmp(word, name, n_word) == 0)
		return 1;
	found = edits(word, n_word, name, n_name);
	return found <= 1 + n_word / 4 ? found : NAME_MAX_BYTES;
}

size_t scn_nearest(const char *name, const char *names[], size_t max)
{
	size_t n = 0;

	for (unsigned limit = 0; limit < NAME_MAX_BYTES; limit++)
		for (size_t i = 0; i < scn_count() && n < max; i++)
			if (distance(name, scn_at(i)->name) == limit)
				names[n++] = scn_at(i)->name;
	return n;
}
