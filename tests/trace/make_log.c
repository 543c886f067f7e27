/* Recordings made by hand. Written against docs/trace-format.md and not against trace/writer.c, so that reader and
 * writer are not tested against each other's mistakes.
 */
#include "tests/trace/make_log.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];

static void must(int condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "make_log: cannot %s\n", what);
	abort();
}

static void remove_folder(void)
{
	DIR *d = opendir(folder);
	for (struct dirent *e; d && (e = readdir(d));) {
		char path[sizeof folder + sizeof e->d_name + 1];
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(folder);
}

const char *make_log_path(const char *name)
{
	static char paths[8][160];
	static size_t n;
	if (!*folder) {
		snprintf(folder, sizeof folder, "/tmp/ganttop-test-XXXXXX");
		must(mkdtemp(folder) != NULL, "make a folder");
		atexit(remove_folder);
	}
	char *path = paths[n++ % 8];
	snprintf(path, sizeof *paths, "%s/%s", folder, name);
	return path;
}

struct trace_header *make_log_header(struct make_log *log)
{
	return (void *)log->bytes;
}

void make_log_init(struct make_log *log)
{
	*log = (struct make_log){.n_bytes = TRACE_HEADER_BYTES};
	log->bytes = calloc(1, log->n_bytes);
	must(log->bytes != NULL, "allocate");
	struct trace_header *h = make_log_header(log);
	memcpy(h->magic, TRACE_MAGIC, sizeof h->magic);
	h->version = 1;
	h->byte_order = 0x01020304;
	h->header_bytes = 4096;
	h->record_bytes = 32;
	h->block_slots = 512;
	h->clock = TRACE_CLOCK_VIRTUAL;
	atomic_store(&h->live, TRACE_LIVE);
}

void make_log_fini(struct make_log *log)
{
	free(log->bytes);
	*log = (struct make_log){0};
}

struct trace_record *make_log_at(struct make_log *log, uint32_t slot)
{
	return (void *)(log->bytes + TRACE_HEADER_BYTES + (size_t)slot * TRACE_RECORD_BYTES);
}

/* Make room for one block more: when their number is a power of two, for as many again. */
static void make_room(struct make_log *log)
{
	size_t n = log->n_blocks;
	if ((n & (n - 1)) != 0)
		return;
	log->bytes = realloc(log->bytes, TRACE_HEADER_BYTES + (n ? 2 * n : 1) * TRACE_BLOCK_BYTES);
	must(log->bytes != NULL, "allocate");
}

/* Give the writer `n` slots in a row; returns the first. */
static uint32_t claim(struct make_log *log, uint32_t writer, uint32_t n)
{
	uint32_t *pos = &log->writers[writer].pos;
	must(writer >= 1 && writer <= MAKE_LOG_WRITERS && n < TRACE_BLOCK_SLOTS, "claim slots");
	if (log->writers[writer].n_blocks == 0 || *pos + n > TRACE_BLOCK_SLOTS) {
		for (; log->writers[writer].n_blocks && *pos < TRACE_BLOCK_SLOTS; ++*pos)
			*make_log_at(log, log->writers[writer].block * 512 + *pos) =
			        (struct trace_record){.t_ns = log->t_ns, .kind = TRACE_PAD};
		make_room(log);
		memset(log->bytes + log->n_bytes, 0, TRACE_BLOCK_BYTES);
		log->n_bytes += TRACE_BLOCK_BYTES;
		log->writers[writer].block = log->n_blocks++;
		atomic_store(&make_log_header(log)->n_blocks, log->n_blocks);
		*make_log_at(log, log->writers[writer].block * 512) =
		        (struct trace_record){.t_ns = log->t_ns,
		                              .id = writer,
		                              .b = log->writers[writer].n_blocks++,
		                              .kind = TRACE_BLOCK};
		*pos = 1;
	}
	uint32_t slot = log->writers[writer].block * 512 + *pos;
	*pos += n;
	return slot;
}

uint32_t make_log_put(struct make_log *log, uint32_t writer, struct trace_record r)
{
	uint32_t slot = claim(log, writer, 1);
	*make_log_at(log, slot) = r;
	return slot;
}

uint32_t make_log_bytes(struct make_log *log, uint32_t writer, const char *bytes, size_t n)
{
	uint32_t n_cont = n <= 12 ? 0 : (uint32_t)((n - 12 + 30) / 31);
	uint32_t slot = claim(log, writer, 1 + n_cont);
	struct trace_record *r = make_log_at(log, slot);
	*r = (struct trace_record){
	        .t_ns = log->t_ns, .id = ++log->n_strings, .a = (uint32_t)n, .kind = TRACE_STRING};
	memcpy((char *)r + offsetof(struct trace_record, b), bytes, n < 12 ? n : 12);
	for (uint32_t i = 0; i < n_cont; i++) {
		size_t done = 12 + 31 * (size_t)i;
		char *cont = (char *)make_log_at(log, slot + 1 + i);
		memcpy(cont, bytes + done, n - done < 31 ? n - done : 31);
		cont[31] = TRACE_CONT;
	}
	return r->id;
}

uint32_t make_log_string(struct make_log *log, const char *text)
{
	return text && *text ? make_log_bytes(log, 1, text, strlen(text)) : 0;
}

uint32_t make_log_file(struct make_log *log, const char *name)
{
	uint32_t string = make_log_string(log, name);
	make_log_put(log, 1,
	             (struct trace_record){.t_ns = log->t_ns,
	                                   .id = ++log->n_files,
	                                   .a = string,
	                                   .kind = TRACE_FILE});
	return log->n_files;
}

/* Append a record of writer 1 at log->t_ns. */
static void put(struct make_log *log, enum trace_kind kind, struct trace_record r)
{
	r.t_ns = log->t_ns;
	r.kind = (uint8_t)kind;
	make_log_put(log, 1, r);
}

void make_log_meta(struct make_log *log, enum trace_meta meta, const char *key, const char *value)
{
	uint32_t a = make_log_string(log, key), b = make_log_string(log, value);
	put(log, TRACE_META, (struct trace_record){.sub = (uint8_t)meta, .a = a, .b = b});
}

void make_log_task(struct make_log *log, uint32_t task, const char *name, uint32_t parent)
{
	uint32_t a = make_log_string(log, name);
	put(log, TRACE_TASK, (struct trace_record){.id = task, .a = a, .b = parent});
}

void make_log_ready(struct make_log *log, uint32_t task, enum trace_why why, uint32_t by)
{
	put(log, TRACE_STATE,
	    (struct trace_record){
	            .id = task, .sub = TRACE_STATE_READY, .arg = (uint16_t)why, .b = by});
}

void make_log_run(struct make_log *log, uint32_t task)
{
	put(log, TRACE_STATE, (struct trace_record){.id = task, .sub = TRACE_STATE_RUNNING});
}

void make_log_wait(struct make_log *log, uint32_t task, enum trace_on on, uint32_t object)
{
	put(log, TRACE_STATE,
	    (struct trace_record){
	            .id = task, .sub = TRACE_STATE_WAITING, .arg = (uint16_t)on, .a = object});
}

void make_log_sleep(struct make_log *log, uint32_t task, uint64_t until_ns)
{
	put(log, TRACE_STATE,
	    (struct trace_record){.id = task,
	                          .sub = TRACE_STATE_WAITING,
	                          .arg = TRACE_ON_SLEEP | TRACE_TIMED,
	                          .b = (uint32_t)until_ns,
	                          .c = (uint32_t)(until_ns >> 32)});
}

void make_log_done(struct make_log *log, uint32_t task, enum trace_outcome outcome,
                   const char *value)
{
	uint32_t a = make_log_string(log, value);
	put(log, TRACE_STATE,
	    (struct trace_record){
	            .id = task, .sub = TRACE_STATE_DONE, .arg = (uint16_t)outcome, .a = a});
}

void make_log_cancel(struct make_log *log, uint32_t task, enum trace_cancel_phase phase)
{
	put(log, TRACE_CANCEL, (struct trace_record){.id = task, .sub = (uint8_t)phase});
}

void make_log_object(struct make_log *log, uint32_t object, enum trace_object_kind kind,
                     const char *name, int64_t capacity)
{
	uint32_t a = make_log_string(log, name);
	put(log, TRACE_OBJECT,
	    (struct trace_record){.id = object,
	                          .sub = (uint8_t)kind,
	                          .a = a,
	                          .b = (uint32_t)capacity,
	                          .c = (uint32_t)((uint64_t)capacity >> 32)});
}

void make_log_level(struct make_log *log, uint32_t object, int64_t value, uint32_t waiters)
{
	put(log, TRACE_LEVEL,
	    (struct trace_record){.id = object,
	                          .a = waiters,
	                          .b = (uint32_t)value,
	                          .c = (uint32_t)((uint64_t)value >> 32)});
}

void make_log_hold(struct make_log *log, uint32_t object, uint32_t task, int held)
{
	put(log, TRACE_HOLD, (struct trace_record){.id = object, .a = task, .sub = (uint8_t)held});
}

void make_log_tick(struct make_log *log, enum trace_phase phase, uint32_t ready)
{
	put(log, TRACE_TICK, (struct trace_record){.sub = (uint8_t)phase, .a = ready});
}

void make_log_say(struct make_log *log, uint32_t task, const char *text)
{
	uint32_t a = make_log_string(log, text);
	put(log, TRACE_LOG, (struct trace_record){.id = task, .a = a});
}

void make_log_end(struct make_log *log, enum trace_status status)
{
	put(log, TRACE_END, (struct trace_record){.sub = (uint8_t)status});
}

void make_log_close(struct make_log *log)
{
	atomic_store(&make_log_header(log)->live, TRACE_CLOSED);
	for (uint32_t w = 1; w <= MAKE_LOG_WRITERS; w++)
		if (log->writers[w].n_blocks && log->writers[w].block + 1 == log->n_blocks)
			log->n_bytes = TRACE_HEADER_BYTES +
			               ((size_t)log->writers[w].block * 512 + log->writers[w].pos) *
			                       TRACE_RECORD_BYTES;
}

void make_log_write(const struct make_log *log, const char *path, size_t n_bytes)
{
	FILE *f = fopen(path, "wb");
	must(f != NULL, "create a file");
	must(fwrite(log->bytes, 1, n_bytes, f) == n_bytes, "write a file");
	must(fclose(f) == 0, "write a file");
}

void make_log_sample(struct make_log *log)
{
	make_log_init(log);
	make_log_meta(log, TRACE_META_TITLE, NULL, "sample");
	make_log_meta(log, TRACE_META_SEED, NULL, "7");
	make_log_meta(log, TRACE_META_PARAM, "tasks", "2");
	uint32_t file = make_log_file(log, "sample.c");
	make_log_task(log, 1, "main", 0);
	make_log_at(log, log->writers[1].pos - 1)->d = TRACE_WHERE(file, 12);
	make_log_ready(log, 1, TRACE_WHY_START, 0);
	make_log_object(log, 5, TRACE_OBJECT_LOCK, "the lock that both of them want", 1);
	make_log_level(log, 5, 1, 0);
	make_log_tick(log, TRACE_PHASE_BEGIN, 1);
	make_log_run(log, 1);
	make_log_task(log, 2, "worker", 1);
	make_log_ready(log, 2, TRACE_WHY_START, 1);
	make_log_hold(log, 5, 1, 1);
	make_log_level(log, 5, 0, 0);
	make_log_sleep(log, 1, 1000);
	make_log_run(log, 2);
	make_log_say(log, 2, "I wait");
	make_log_wait(log, 2, TRACE_ON_LOCK, 5);
	make_log_level(log, 5, 0, 1);
	make_log_tick(log, TRACE_PHASE_END, 0);
	log->t_ns = 1000;
	make_log_tick(log, TRACE_PHASE_BEGIN, 1);
	make_log_ready(log, 1, TRACE_WHY_TIMER, 0);
	make_log_run(log, 1);
	make_log_cancel(log, 2, TRACE_CANCEL_REQUESTED);
	make_log_hold(log, 5, 1, 0);
	make_log_level(log, 5, 1, 0);
	make_log_ready(log, 2, TRACE_WHY_CANCEL, 1);
	make_log_done(log, 1, TRACE_OUTCOME_RESULT, "42");
	log->t_ns = 1500;
	make_log_run(log, 2);
	make_log_cancel(log, 2, TRACE_CANCEL_DELIVERED);
	make_log_done(log, 2, TRACE_OUTCOME_CANCELLED, NULL);
	make_log_tick(log, TRACE_PHASE_END, 0);
	make_log_end(log, TRACE_STATUS_FINISHED);
	make_log_close(log);
}
