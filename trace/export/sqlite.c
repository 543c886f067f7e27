/* The SQLite export, and the one file that knows the library. One transaction, no journal: the file is a temporary
 * one until it is complete. Where the library was not there at build time, the format says so.
 */
#include "trace/export/sqlite.h"

#ifndef GANTTOP_SQLITE

int trace_sqlite_write(const struct trace_export *export, const char *path,
                       struct trace_error *error)
{
	(void)export, (void)path;
	return trace_error_set(error, TRACE_ESYSTEM, 0,
	                       "cannot write sqlite: this ganttop was built without it (install "
	                       "libsqlite3-dev and build again)");
}

#else

#include <inttypes.h>
#include <sqlite3.h>
#include <string.h>

#include "trace/export/field.h"
#include "trace/export/slice.h"

#define TABLES(X)                                                                                  \
	X(RECORDING, "recording", 2)                                                               \
	X(TASK, "task", 6)                                                                         \
	X(OBJECT, "object", 7)                                                                     \
	X(INTERVAL, "interval", 17)                                                                \
	X(LEVEL, "level", 4)                                                                       \
	X(HOLD, "hold", 4)                                                                         \
	X(CANCEL, "cancel", 4)                                                                     \
	X(SCOPE, "scope", 6)                                                                       \
	X(VAR, "var", 5)                                                                           \
	X(LOG, "log", 3)                                                                           \
	X(MARK, "mark", 3)                                                                         \
	X(ERROR, "error", 3)                                                                       \
	X(AWAIT, "await", 4)
#define TABLE_ENUM(name, text, columns) TABLE_##name,
enum table { TABLES(TABLE_ENUM) TABLE_COUNT };

struct database {
	const struct trace_export *export;
	sqlite3 *db;
	sqlite3_stmt *inserts[TABLE_COUNT];
	int n_bound; /* columns of the row that is being put together */
	int rc;      /* of SQLite; the first failure stays */
};

static void keep(struct database *d, int rc)
{
	if (d->rc == SQLITE_OK && rc != SQLITE_DONE)
		d->rc = rc;
}

static void run_sql(struct database *d, const char *sql)
{
	if (d->rc == SQLITE_OK)
		keep(d, sqlite3_exec(d->db, sql, NULL, NULL, NULL));
}

/* ---- a row: begun, bound column by column, inserted */

static sqlite3_stmt *begin(struct database *d, enum table table)
{
	d->n_bound = 0;
	return d->inserts[table];
}

static void put_number(struct database *d, sqlite3_stmt *row, int64_t value)
{
	keep(d, sqlite3_bind_int64(row, ++d->n_bound, value));
}

static void put_text(struct database *d, sqlite3_stmt *row, const char *text)
{
	if (text)
		keep(d, sqlite3_bind_text(row, ++d->n_bound, text, -1, SQLITE_TRANSIENT));
	else
		d->n_bound++;
}

static void put_string(struct database *d, sqlite3_stmt *row, uint32_t id)
{
	char text[TRACE_STRING_MAX_BYTES * 3 + 1];
	if (id)
		trace_model_string(d->export->model, id, text, sizeof text);
	put_text(d, row, id ? text : NULL);
}

static void put_place(struct database *d, sqlite3_stmt *row, uint32_t where)
{
	char file[1024];
	uint32_t line = trace_model_where(d->export->model, where, file, sizeof file);
	if (!*file)
		return;
	put_text(d, row, file);
	put_number(d, row, line);
}

static void insert(struct database *d, sqlite3_stmt *row)
{
	if (d->rc == SQLITE_OK)
		keep(d, sqlite3_step(row));
	sqlite3_reset(row);
	sqlite3_clear_bindings(row);
}

/* ---- the tables */

static void insert_pair(struct database *d, const char *key, const char *value)
{
	sqlite3_stmt *row = begin(d, TABLE_RECORDING);
	put_text(d, row, key);
	put_text(d, row, value);
	insert(d, row);
}

static void insert_recording(struct database *d)
{
	const struct trace_model *m = d->export->model;
	char text[1200];
	insert_pair(d, "title", m->title);
	insert_pair(d, "source", m->source);
	insert_pair(d, "lesson", m->lesson);
	insert_pair(d, "question", m->question);
	insert_pair(d, "policy", m->policy);
	insert_pair(d, "clock", trace_clock_name(trace_reader_header(m->reader)->clock));
	snprintf(text, sizeof text, "%" PRIu64, m->seed);
	insert_pair(d, "seed", text);
	snprintf(text, sizeof text, "%" PRIu64, trace_reader_header(m->reader)->started_unix_ns);
	insert_pair(d, "started_unix_ns", text);
	insert_pair(d, "status", trace_status_name(m->status));
	snprintf(text, sizeof text, "%" PRIu64, m->lost);
	insert_pair(d, "lost", text);
	for (size_t i = 0; i < m->n_params; i++) {
		snprintf(text, sizeof text, "param %s", m->params[i].name);
		insert_pair(d, text, m->params[i].value);
	}
}

static void insert_lane(struct database *d, const struct trace_lane *lane)
{
	const struct trace_model *m = d->export->model;
	bool is_task = lane->kind == TRACE_LANE_TASK;
	sqlite3_stmt *row = begin(d, is_task ? TABLE_TASK : TABLE_OBJECT);
	put_number(d, row, lane->id);
	put_text(d, row, lane->name);
	if (!is_task)
		put_text(d, row, trace_object_kind_name(lane->object_kind));
	if (!is_task)
		put_number(d, row, lane->capacity);
	else if (lane->parent != TRACE_NONE)
		put_number(d, row, m->lanes[lane->parent].id);
	else
		put_text(d, row, NULL);
	put_number(d, row, (int64_t)trace_model_event(m, lane->born)->t_ns);
	put_place(d, row, lane->where);
	insert(d, row);
}

static const char *lane_kind(enum trace_lane_kind kind)
{
	return kind == TRACE_LANE_LOOP ? "loop" : kind == TRACE_LANE_WORKER ? "worker" : "task";
}

static void put_field(struct database *d, sqlite3_stmt *row, const struct trace_fields *fields,
                      const char *key)
{
	const struct trace_field *field = trace_field_find(fields, key);
	if (field && !field->text)
		put_number(d, row, (int64_t)field->number);
	else
		put_text(d, row, field ? field->text : NULL);
}

/* An object's id stands in one column, a task's in the other. */
static void put_object(struct database *d, sqlite3_stmt *row, const struct trace_fields *fields,
                       const struct trace_record *r)
{
	bool is_task = r->kind == TRACE_STATE && r->sub == TRACE_STATE_WAITING &&
	               trace_on_is_task(r->arg & ~TRACE_TIMED);
	if (is_task)
		put_text(d, row, NULL);
	put_field(d, row, fields, TRACE_FIELD_OBJECT_ID);
	if (!is_task)
		put_text(d, row, NULL);
}

static void insert_slice(struct database *d, const struct trace_slice *slice)
{
	struct trace_fields fields;
	sqlite3_stmt *row = begin(d, TABLE_INTERVAL);
	trace_fields_of(d->export->model, slice->r, &fields);
	put_text(d, row, NULL); /* the row's own id */
	put_text(d, row, lane_kind(slice->lane->kind));
	put_number(d, row, slice->lane->id);
	put_text(d, row, slice->name);
	put_number(d, row, (int64_t)slice->begin_ns);
	put_number(d, row, (int64_t)slice->end_ns);
	put_number(d, row, slice->is_open);
	put_field(d, row, &fields, TRACE_FIELD_WHY);
	put_field(d, row, &fields, TRACE_FIELD_BY_ID);
	put_field(d, row, &fields, TRACE_FIELD_ON);
	put_object(d, row, &fields, slice->r);
	put_field(d, row, &fields, TRACE_FIELD_UNTIL);
	put_field(d, row, &fields, TRACE_FIELD_OUTCOME);
	put_field(d, row, &fields, TRACE_FIELD_VALUE);
	put_field(d, row, &fields, TRACE_FIELD_FILE);
	put_field(d, row, &fields, TRACE_FIELD_LINE);
	insert(d, row);
}

static sqlite3_stmt *begin_at(struct database *d, enum table table, uint64_t t_ns)
{
	sqlite3_stmt *row = begin(d, table);
	put_number(d, row, (int64_t)t_ns);
	return row;
}

static void insert_scope(struct database *d, const struct trace_record *r, uint64_t t_ns)
{
	sqlite3_stmt *row = begin_at(d, TABLE_SCOPE, t_ns);
	put_number(d, row, r->id);
	put_number(d, row, r->a);
	put_text(d, row, trace_scope_kind_name(r->sub));
	put_number(d, row, r->arg & 1);
	if (r->arg & TRACE_TIMED)
		put_number(d, row, (int64_t)trace_join(r->b, r->c));
	insert(d, row);
}

static void insert_object_event(struct database *d, const struct trace_record *r, uint64_t t_ns)
{
	bool is_level = r->kind == TRACE_LEVEL;
	sqlite3_stmt *row = begin_at(d, is_level ? TABLE_LEVEL : TABLE_HOLD, t_ns);
	put_number(d, row, r->id);
	put_number(d, row, is_level ? (int64_t)trace_join(r->b, r->c) : r->a);
	put_number(d, row, is_level ? r->a : r->sub);
	insert(d, row);
}

static void insert_text(struct database *d, const struct trace_record *r, uint64_t t_ns)
{
	sqlite3_stmt *row = begin_at(d, r->kind == TRACE_LOG ? TABLE_LOG : TABLE_MARK, t_ns);
	if (r->kind == TRACE_LOG)
		put_number(d, row, r->id);
	put_string(d, row, r->a);
	if (r->kind == TRACE_MARK)
		put_string(d, row, r->b);
	insert(d, row);
}

static void insert_event(struct database *d, const struct trace_record *r, uint64_t t_ns)
{
	sqlite3_stmt *row;
	switch (r->kind) {
	case TRACE_LEVEL:
	case TRACE_HOLD:
		insert_object_event(d, r, t_ns);
		break;
	case TRACE_CANCEL:
		row = begin_at(d, TABLE_CANCEL, t_ns);
		put_number(d, row, r->id);
		put_number(d, row, r->a);
		put_text(d, row, trace_cancel_phase_name(r->sub));
		insert(d, row);
		break;
	case TRACE_SCOPE:
		insert_scope(d, r, t_ns);
		break;
	case TRACE_VAR:
		row = begin_at(d, TABLE_VAR, t_ns);
		put_number(d, row, r->id);
		put_string(d, row, r->a);
		put_number(d, row, (int64_t)trace_join(r->b, r->c));
		put_text(d, row, trace_var_op_name(r->sub));
		insert(d, row);
		break;
	case TRACE_ERROR:
		row = begin_at(d, TABLE_ERROR, t_ns);
		put_number(d, row, r->id);
		put_text(d, row, trace_error_phase_name(r->sub));
		insert(d, row);
		break;
	case TRACE_AWAIT:
		row = begin_at(d, TABLE_AWAIT, t_ns);
		put_number(d, row, r->id);
		put_number(d, row, r->a);
		put_number(d, row, r->b);
		insert(d, row);
		break;
	case TRACE_LOG:
	case TRACE_MARK:
		insert_text(d, r, t_ns);
		break;
	default:
		break;
	}
}

/* All tasks have a row, also those that are not exported: others name them. */
static void insert_all(struct database *d)
{
	const struct trace_model *m = d->export->model;
	struct trace_slices slices = trace_slices_begin(d->export);
	struct trace_slice slice;
	struct trace_walk walk = trace_walk_begin(d->export);
	uint32_t ordinal;
	uint64_t t_ns;
	insert_recording(d);
	for (size_t i = 0; i < m->n_lanes; i++)
		if (m->lanes[i].kind == TRACE_LANE_TASK || m->lanes[i].kind == TRACE_LANE_OBJECT)
			insert_lane(d, &m->lanes[i]);
	while (d->rc == SQLITE_OK && trace_slices_next(&slices, &slice))
		insert_slice(d, &slice);
	while (d->rc == SQLITE_OK && trace_walk_next(&walk, &ordinal, &t_ns))
		insert_event(d, trace_model_event(m, ordinal), t_ns);
}

static void prepare(struct database *d)
{
	static const struct {
		const char *name;
		int n_columns;
	} tables[] = {
#define TABLE_ROW(name, text, columns)  {text, columns},
	        TABLES(TABLE_ROW)
#undef TABLE_ROW
	};
	static const char places[] = "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?";
	for (size_t i = 0; i < TABLE_COUNT && d->rc == SQLITE_OK; i++) {
		char sql[128];
		snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (%.*s)", tables[i].name,
		         2 * tables[i].n_columns - 1, places);
		keep(d, sqlite3_prepare_v2(d->db, sql, -1, &d->inserts[i], NULL));
	}
}

int trace_sqlite_write(const struct trace_export *export, const char *path,
                       struct trace_error *error)
{
	struct database d = {.export = export};
	int rc = TRACE_OK;
	keep(&d, sqlite3_open_v2(path, &d.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL));
	run_sql(&d, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
	run_sql(&d, trace_sqlite_tables);
	prepare(&d);
	if (d.rc == SQLITE_OK)
		insert_all(&d);
	run_sql(&d, trace_sqlite_views);
	run_sql(&d, "COMMIT");
	for (size_t i = 0; i < TABLE_COUNT; i++)
		sqlite3_finalize(d.inserts[i]);
	if (d.rc != SQLITE_OK)
		rc = trace_error_set(error, TRACE_ESYSTEM, 0, "cannot write '%s': %s", path,
		                     sqlite3_errstr(d.rc));
	sqlite3_close(d.db);
	return rc;
}

#endif
