/* The SQLite export: a database with tables for what happened and views for what is usually asked. */
#ifndef GANTTOP_TRACE_EXPORT_SQLITE_H
#define GANTTOP_TRACE_EXPORT_SQLITE_H

#include <stdio.h>

#include "trace/export/export.h"

/* Fill the database `path`, an empty file. errors: TRACE_ESYSTEM, also when ganttop was built without SQLite. */
int trace_sqlite_write(const struct trace_export *export, const char *path,
                       struct trace_error *error);

/* The tables, and the views that come after them, as SQL. */
extern const char trace_sqlite_tables[], trace_sqlite_views[];

#endif
