/* Imports: files of other formats, and of other programs, become recordings. */
#ifndef GANTTOP_TRACE_IMPORT_IMPORT_H
#define GANTTOP_TRACE_IMPORT_IMPORT_H

#include <stdbool.h>

#include "trace/error.h"
#include "trace/import/progress.h"

enum trace_import_format {
	TRACE_IMPORT_NONE,   /* nothing that we know */
	TRACE_IMPORT_NATIVE, /* a recording: nothing to convert */
	TRACE_IMPORT_JSONL,
	TRACE_IMPORT_CHROME,
	TRACE_IMPORT_CTF,
	TRACE_IMPORT_SCHED,
	TRACE_IMPORT_STRANGER /* something that is known, and not read */
};

/* Return what the file or folder at `path` is, by its content; NATIVE also for what cannot be opened, so that the reader says why. */
enum trace_import_format trace_import_detect(const char *path);

/* Convert the file or folder at `path` into the recording `out`. `progress` may be NULL. errors: TRACE_ESYSTEM, TRACE_EFORMAT with the
 * line and byte; the recording is whole up to there. */
int trace_import_file(const char *path, const char *out, struct trace_import_progress *progress,
                      struct trace_error *error);

/* The same for who looks at `out` meanwhile: what cannot be written before all of it is read (a Chrome trace has no order) is preceded by
 * a recording of its first part, which the whole one, OUT.whole until then, replaces (TRACE_REPLACED). errors: as above. */
int trace_import_early(const char *path, const char *out, struct trace_import_progress *progress,
                       struct trace_error *error);

/* Convert what comes from `fd` until it ends, whatever of the formats it is (recordings too), into the recording `out`, which can be
 * looked at meanwhile. `name` is what errors call it. */
int trace_import_stream(int fd, const char *name, const char *out, struct trace_error *error);

#endif
