/* Finds a lesson's sources among the embedded files.
 *
 * The files carry the lesson's name with underscores for dashes. A twin whose name would hide a module of
 * Python's library (queue, concurrent) has one more underscore at its end, as PEP 8 does it: Python puts the script's
 * folder first on its path, so a concurrent.py there would break asyncio itself. */
#include "scenarios/embedded.h"
#include "scenarios/scenario.h"

#include <stdio.h>
#include <string.h>

static const char *find(const char *folder, const char *name, const char *suffix)
{
	char path[128];
	int length = snprintf(path, sizeof(path), "%s%s%s", folder, name, suffix);

	if (length < 0 || (size_t)length >= sizeof(path))
		return NULL;
	for (char *c = path; *c; c++)
		if (*c == '-')
			*c = '_';
	for (size_t i = 0; i < scn_n_embedded; i++)
		if (strcmp(scn_embedded[i].path, path) == 0)
			return scn_embedded[i].text;
	return NULL;
}

const char *scn_source_c(const struct scenario *scenario)
{
	return find("scenarios/", scenario->name, ".c");
}

const char *scn_source_python(const struct scenario *scenario)
{
	const char *text = find("scenarios/python/", scenario->name, ".py");

	return text ? text : find("scenarios/python/", scenario->name, "_.py");
}
