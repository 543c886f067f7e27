/* The list of all lessons, in the order of the course. lessons.def is its only source; a lesson that is not
 * in there does not exist. */
#include "scenarios/lesson.h"

#include <string.h>

static const struct scenario *const lessons[] = {
#define SCN_LESSON(id) &scn_##id,
#include "scenarios/lessons.def"
#undef SCN_LESSON
};

size_t scn_count(void)
{
	return LESSON_COUNT(lessons);
}

const struct scenario *scn_at(size_t index)
{
	return index < LESSON_COUNT(lessons) ? lessons[index] : NULL;
}

const struct scenario *scn_find(const char *name)
{
	for (size_t i = 0; i < LESSON_COUNT(lessons); i++)
		if (strcmp(lessons[i]->name, name) == 0)
			return lessons[i];
	return NULL;
}

const struct scn_point *scn_points(const struct scenario *scenario, size_t *n)
{
	*n = scenario->teaching ? scenario->teaching->n_points : 0;
	return *n > 0 ? scenario->teaching->points : NULL;
}

const char *scn_notes(const struct scenario *scenario)
{
	return scenario->teaching && scenario->teaching->notes ? scenario->teaching->notes : "";
}
