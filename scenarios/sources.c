/* Finds a lesson's sources among the embedded files.
 *
 * The files carry the lesson's name with underscores for dashes. A twin whose name would hide a module of
 * Python's library (queue, concurrent) has one more underscore at its end, as PEP 8 does it: Python puts the
 * script's folder first on its path, so a concurrent.py there would break asyncio itself. */
#include "scenarios/sources.h"

#include <stdio.h>
#include <string.h>

#include "scenarios/embedded.h"

#define PATH_BYTES 128

static const char *find(const struct scenario *scenario, enum scn_source source)
{
	char path[PATH_BYTES];

	scn_source_path(path, sizeof(path), scenario, source);
	for (size_t i = 0; i < scn_n_embedded; i++)
		if (strcmp(scn_embedded[i].path, path) == 0)
			return scn_embedded[i].text;
	return NULL;
}

void scn_source_path(char *path, size_t path_bytes, const struct scenario *scenario,
                     enum scn_source source)
{
	static const char *const folders[] = {"scenarios/", "scenarios/python/",
	                                      "scenarios/python/"};
	static const char *const endings[] = {".c", ".py", "_.py"};

	snprintf(path, path_bytes, "%s%s%s", folders[source], scenario->name, endings[source]);
	for (char *c = path; *c; c++)
		if (*c == '-')
			*c = '_';
}

const char *scn_source_c(const struct scenario *scenario)
{
	return find(scenario, SCN_SOURCE_C);
}

const char *scn_source_python(const struct scenario *scenario)
{
	const char *text = find(scenario, SCN_SOURCE_PYTHON);

	return text ? text : find(scenario, SCN_SOURCE_PYTHON_RENAMED);
}

const char *scn_source_at(const char *path)
{
	size_t bytes = strlen(path);

	for (size_t i = 0; i < scn_n_embedded; i++) {
		const char *end = scn_embedded[i].path;
		size_t n = strlen(end);

		if (n == bytes ? !strcmp(path, end)
		               : n < bytes && path[bytes - n - 1] == '/' &&
		                         !strcmp(path + bytes - n, end))
			return scn_embedded[i].text;
	}
	return NULL;
}
