/* The user's file of settings. */
#include "tests/fuzz/targets.h"

#include <stdlib.h>
#include <string.h>

#include "viz/command/config.h"

void fuzz_config(const uint8_t *bytes, size_t n)
{
	struct viz_options options = {.speed_ppm = 1000000};
	struct viz_problem problem;
	char *text = malloc(n + 1);
	if (!text)
		abort();
	if (n)
		memcpy(text, bytes, n);
	text[n] = '\0';
	(void)!viz_config_apply(&options, "config", text, &problem);
	free(text);
}

FUZZ_ENTRY(fuzz_config)
