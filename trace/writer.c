/* The writer: the file and its header, and the blocks that pens claim.
 *
 * Claiming takes the lock, once in 512 records. Rejected: write() (twenty times the cost, and nothing to look at
 * live).
 */
#include "trace/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trace/growth.h"
#include "trace/guard.h"
#include "trace/intern.h"
#include "trace/writer_private.h"

/* Beside the errnos: what stands there is a device, a pipe, a socket. */
#define NOT_A_FILE (-1)
#define IN_USE     (-3)

static int fail(struct trace_error *error, const char *what, const char *path, int system_error)
{
	const char *why = strerror(system_error);
	if (system_error == NOT_A_FILE)
		why = "not a regular file";
	if (system_error == IN_USE)
		why = "another program is recording into it";
	if (system_error == TRACE_RING_FULL)
		why = "what is in force does not fit into the ring, which is too small";
	error->code = TRACE_ESYSTEM;
	error->offset = 0;
	snprintf(error->text, sizeof error->text, "cannot %s '%s': %s", what, path, why);
	for (char *c = error->text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
	return TRACE_ESYSTEM;
}

/* Say that the recording had to be given up. where: without the lock, since whoever is told may do anything. */
static void tell(struct trace_writer *w, int system_error)
{
	if (!w->on_error)
		return;
	struct trace_error error;
	fail(&error, "write the recording", w->path, system_error);
	char sentence[sizeof error.text + 64];
	snprintf(sentence, sizeof sentence, "%s; the run goes on unrecorded", error.text);
	w->on_error(sentence, w->on_error_arg);
}

static int write_header(struct trace_writer *w, const struct trace_writer_options *o)
{
	int rc = trace_extent_allocate(w->fd, 0, TRACE_HEADER_BYTES);
	if (rc)
		return rc;
	struct trace_header *h =
	        mmap(NULL, sizeof *h, PROT_READ | PROT_WRITE, MAP_SHARED, w->fd, 0);
	if (h == MAP_FAILED)
		return errno;
	memset(h, 0, sizeof *h);
	h->version = TRACE_VERSION;
	h->byte_order = TRACE_BYTE_ORDER;
	h->header_bytes = TRACE_HEADER_BYTES;
	h->record_bytes = TRACE_RECORD_BYTES;
	h->block_slots = TRACE_BLOCK_SLOTS;
	h->clock = o->clock;
	h->started_unix_ns = o->started_unix_ns;
	h->started_mono_ns = o->started_mono_ns;
	h->writer_pid = o->pid;
	atomic_store(&h->live, TRACE_LIVE);
	/* the magic last: a file that begins with it has a whole header */
	uint64_t magic;
	memcpy(&magic, TRACE_MAGIC, sizeof magic);
	atomic_store_explicit((_Atomic uint64_t *)(void *)h->magic, magic, memory_order_release);
	w->header = h;
	w->header_guard = trace_guard_watch(h, sizeof *h, true);
	return 0;
}

static void writer_free(struct trace_writer *w)
{
	if (w->header) {
		trace_guard_release(w->header_guard);
		munmap(w->header, sizeof *w->header);
	}
	if (w->fd >= 0)
		close(w->fd);
	trace_intern_fini(&w->names);
	free(w->path);
	pthread_mutex_destroy(&w->turning);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

/* Return whether a writer has the file open. Where files cannot be locked nobody is known to. */
static bool is_in_use(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return false;
	bool in_use = flock(fd, LOCK_SH | LOCK_NB) && errno == EWOULDBLOCK;
	close(fd);
	return in_use;
}

/* Make the file anew. An old one is not cut short, since whoever has mapped it would die of that: it loses its name. What is not
 * a file is left alone, and so is one that somebody records into. Returns an errno, NOT_A_FILE or IN_USE, and -1 in `*fd` then. */
static int create_file(const char *path, int *fd)
{
	struct stat st;
	int rc = 0, flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY;
	mode_t mode = 0666;
	bool is_file = !lstat(path, &st) && S_ISREG(st.st_mode);
	if (is_file && is_in_use(path))
		return IN_USE;
	if (is_file && !unlink(path)) {
		mode = st.st_mode &
		       0777; /* who could not read the old one cannot read the new one */
		flags |= O_EXCL;
	} /* else what follows cuts it */
	int file = open(path, flags, mode);
	if (file < 0)
		return errno;
	if (fstat(file, &st))
		rc = errno;
	else if (!S_ISREG(st.st_mode))
		rc = NOT_A_FILE;
	else if (flock(file, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
		rc = IN_USE; /* it came between; elsewhere than here errors of locking are no matter */
	else if (ftruncate(file, 0)) {
		rc = errno;
		unlink(path); /* it is ours, and empty */
	}
	if (rc)
		close(file);
	else
		*fd = file;
	return rc;
}

int trace_writer_open(struct trace_writer **out, const char *path,
                      const struct trace_writer_options *options, struct trace_error *error)
{
	struct trace_writer *w = calloc(1, sizeof *w);
	if (!w)
		return fail(error, "record into", path, ENOMEM);
	w->fd = -1;
	w->growth = &w->growths[0];
	if (options->ring_bytes)
		w->ring_blocks = (options->ring_bytes - TRACE_HEADER_BYTES) / TRACE_BLOCK_BYTES;
	pthread_mutex_init(&w->lock, NULL);
	pthread_mutex_init(&w->turning, NULL);
	w->on_error = options->on_error;
	w->on_error_arg = options->on_error_arg;
	w->path = strdup(path);
	int rc = w->path ? 0 : ENOMEM;
	if (!rc)
		rc = create_file(path, &w->fd);
	if (!rc)
		rc = write_header(w, options);
	if (!rc)
		rc = trace_growth_init(w->growth, w->fd, &w->lock, w->ring_blocks);
	if (!rc) {
		pthread_mutex_lock(&w->lock);
		rc = trace_growth_add(w->growth);
		pthread_mutex_unlock(&w->lock);
	}
	if (rc) {
		if (w->fd >= 0)
			unlink(path);
		if (w->growth->extents)
			trace_growth_fini(w->growth);
		writer_free(w);
		return fail(error, "record into", path, rc);
	}
	*out = w;
	return 0;
}

void trace_writer_close(struct trace_writer *writer)
{
	if (!writer)
		return;
	struct trace_header *h = writer->header;
	trace_growth_fini(writer->growth); /* nobody grows the file behind our back */
	uint64_t n_blocks = atomic_load(&h->n_blocks);
	off_t end = TRACE_HEADER_BYTES;
	if (n_blocks)
		end = trace_extent_offset(n_blocks - 1) +
		      (off_t)(writer->last_block_slots * TRACE_RECORD_BYTES);
	atomic_store_explicit(&h->closed_bytes, (uint64_t)end, memory_order_relaxed);
	/* closed first: a reader that sees the shorter file knows that nothing more will come. A replaced file stays that */
	uint32_t live = TRACE_LIVE;
	atomic_compare_exchange_strong(&h->live, &live, TRACE_CLOSED);
	int rc;
	do {
		rc = ftruncate(writer->fd, end);
	} while (rc && errno == EINTR);
	writer_free(writer);
}

struct trace_header *trace_writer_header(struct trace_writer *writer)
{
	return writer->header;
}

void trace_pen_init(struct trace_pen *pen, struct trace_writer *writer)
{
	memset(pen, 0, offsetof(struct trace_pen, scratch));
	pen->writer = writer;
	pthread_mutex_lock(&writer->turning);
	pthread_mutex_lock(&writer->lock);
	pen->number = ++writer->n_pens;
	pen->sibling = writer->pens;
	writer->pens = pen;
	pthread_mutex_unlock(&writer->lock);
	pthread_mutex_unlock(&writer->turning);
}

static void forget_pen(struct trace_writer *w, const struct trace_pen *pen)
{
	struct trace_pen **link = &w->pens;
	while (*link && *link != pen)
		link = &(*link)->sibling;
	if (*link)
		*link = pen->sibling;
}

static bool is_scratch(const struct trace_pen *pen)
{
	return pen->next >= pen->scratch && pen->next <= pen->scratch + TRACE_SCRATCH_SLOTS * 4;
}

/* Count what went into the scratch area. Strings are not counted: nobody misses a name alone. */
static void count_lost(struct trace_pen *pen)
{
	uint64_t n = (uint64_t)(pen->next - pen->scratch) / 4;
	atomic_fetch_add_explicit(&pen->writer->header->lost, n, memory_order_relaxed);
	pen->next = pen->scratch;
}

/* Let the file end with what the pen has written, if its block is the last. */
static void leave_block(const struct trace_pen *pen)
{
	struct trace_writer *w = pen->writer;
	if (!pen->n_blocks || is_scratch(pen))
		return;
	pthread_mutex_lock(&w->lock);
	if (pen->block + 1 == atomic_load(&w->header->n_blocks))
		w->last_block_slots = TRACE_BLOCK_SLOTS - (uint64_t)(pen->end - pen->next) / 4;
	pthread_mutex_unlock(&w->lock);
}

static void go_to_scratch(struct trace_pen *pen)
{
	pen->next = pen->scratch;
	pen->end = pen->scratch + TRACE_SCRATCH_SLOTS * 4;
}

void trace_pen_enter(struct trace_pen *pen)
{
	struct trace_writer *w = pen->writer;
	if (w->ring_blocks)
		pthread_mutex_lock(&w->turning);
	/* what the loop has lost may be what this would name */
	if (w->failed && !is_scratch(pen)) {
		leave_block(pen);
		go_to_scratch(pen);
	}
}

void trace_pen_leave(struct trace_pen *pen)
{
	if (pen->writer->ring_blocks)
		pthread_mutex_unlock(&pen->writer->turning);
}

void trace_pen_fini(struct trace_pen *pen)
{
	struct trace_writer *w = pen->writer;
	if (!w)
		return;
	pthread_mutex_lock(&w->turning);
	pthread_mutex_lock(&w->lock);
	forget_pen(w, pen);
	pthread_mutex_unlock(&w->lock);
	if (is_scratch(pen))
		count_lost(pen);
	else
		leave_block(pen);
	pthread_mutex_unlock(&w->turning);
	pen->writer = NULL;
	pen->next = pen->end = NULL;
}

static uint64_t n_claimed(const struct trace_writer *w)
{
	return atomic_load_explicit(&w->header->n_blocks, memory_order_relaxed);
}

static bool is_ring_full(const struct trace_writer *w)
{
	return w->ring_blocks && n_claimed(w) == w->ring_blocks;
}

/* Return whether it is for this pen to turn the ring, and that has not failed. */
static bool turns(const struct trace_pen *pen)
{
	return pen->number == 1 && pen->writer->ring_blocks && !pen->writer->failed;
}

/* Turn the ring if it is full. Only the loop's thread may: it knows that all others are outside. */
static void make_room(struct trace_pen *pen)
{
	struct trace_writer *w = pen->writer;
	if (!turns(pen) || !is_ring_full(w))
		return;
	pthread_mutex_lock(&w->turning);
	int rc = trace_ring_turn(w);
	if (rc)
		w->failed = rc;
	pthread_mutex_unlock(&w->turning);
	if (rc)
		tell(w, rc);
}

/* Return the memory of the next free block, NULL when there is none. Sets `*block`. */
static uint64_t *claim(struct trace_writer *w, uint64_t *block)
{
	uint64_t *slots = NULL;
	int gave_up = 0;
	pthread_mutex_lock(&w->lock);
	/* growing may give up the lock for a while: nothing that was read before it counts after it */
	while (!w->failed && n_claimed(w) == w->growth->n_blocks && !is_ring_full(w)) {
		int rc = trace_growth_add(w->growth);
		if (rc && !w->failed)
			w->failed = gave_up = rc;
	}
	if (!w->failed && !is_ring_full(w)) {
		uint64_t k = n_claimed(w);
		slots = trace_growth_block(w->growth, k);
		w->last_block_slots = TRACE_BLOCK_SLOTS;
		atomic_store_explicit(&w->header->n_blocks, k + 1, memory_order_release);
		*block = k;
	}
	pthread_mutex_unlock(&w->lock);
	if (gave_up)
		tell(w, gave_up);
	return slots;
}

void trace_pen_refill(struct trace_pen *pen)
{
	if (pen->next && is_scratch(pen)) {
		count_lost(pen);
		if (!pen->writer->ring_blocks)
			return; /* what failed once is not tried again */
	}
	uint64_t *slots;
	do {
		make_room(pen);
		slots = claim(pen->writer, &pen->block);
	} while (!slots && turns(pen)); /* another pen was faster: there is room for the loop's */
	if (!slots) {
		go_to_scratch(pen);
		return;
	}
	pen->next = slots;
	pen->end = slots + (size_t)TRACE_BLOCK_SLOTS * 4;
	uint64_t sequence = pen->n_blocks++;
	trace_emit(pen, (struct trace_record){.t_ns = pen->t_ns,
	                                      .kind = TRACE_BLOCK,
	                                      .id = pen->number,
	                                      .b = (uint32_t)sequence,
	                                      .c = (uint32_t)(sequence >> 32)});
}

/* Make room for `n` slots in a row; false when nothing can be written. */
static bool reserve(struct trace_pen *pen, size_t n)
{
	if (!pen->next)
		trace_pen_refill(pen);
	if (!is_scratch(pen) && (size_t)(pen->end - pen->next) / 4 < n) {
		while (pen->next != pen->end)
			trace_emit(pen,
			           (struct trace_record){.t_ns = pen->t_ns, .kind = TRACE_PAD});
		trace_pen_refill(pen);
	}
	return !is_scratch(pen);
}

/* Cut to the limit without splitting a UTF-8 sequence. */
static size_t fitting_bytes(const char *text, size_t n_bytes)
{
	if (n_bytes <= TRACE_STRING_MAX_BYTES)
		return n_bytes;
	n_bytes = TRACE_STRING_MAX_BYTES;
	while (n_bytes && ((unsigned char)text[n_bytes] & 0xc0) == 0x80)
		n_bytes--;
	return n_bytes;
}

uint32_t trace_pen_string(struct trace_pen *pen, const char *text, size_t n_bytes)
{
	n_bytes = fitting_bytes(text, n_bytes);
	uint32_t id =
	        atomic_fetch_add_explicit(&pen->writer->n_strings, 1, memory_order_relaxed) + 1;
	size_t in_first = n_bytes < TRACE_STRING_FIRST_BYTES ? n_bytes : TRACE_STRING_FIRST_BYTES;
	size_t rest = n_bytes - in_first;
	size_t n_cont = (rest + TRACE_STRING_CONT_BYTES - 1) / TRACE_STRING_CONT_BYTES;
	if (!reserve(pen, 1 + n_cont))
		return id;
	/* the continuation first: the string is published by its first slot */
	char *slot = (char *)(pen->next + 4);
	const char *from = text + in_first;
	for (size_t i = 0; i < n_cont; i++, slot += TRACE_RECORD_BYTES) {
		size_t n = rest < TRACE_STRING_CONT_BYTES ? rest : TRACE_STRING_CONT_BYTES;
		memcpy(slot, from, n);
		slot[TRACE_STRING_CONT_BYTES] = TRACE_CONT;
		from += n;
		rest -= n;
	}
	uint32_t head[3] = {0};
	memcpy(head, text, in_first);
	trace_emit(pen, (struct trace_record){.t_ns = pen->t_ns,
	                                      .kind = TRACE_STRING,
	                                      .id = id,
	                                      .a = (uint32_t)n_bytes,
	                                      .b = head[0],
	                                      .c = head[1],
	                                      .d = head[2]});
	pen->next += n_cont * 4;
	return id;
}

uint32_t trace_pen_intern(struct trace_pen *pen, const char *text)
{
	if (!text || !*text)
		return 0;
	struct trace_intern *names = &pen->writer->names;
	uint32_t hash = trace_intern_hash(text);
	uint32_t id = trace_intern_find(names, text, hash);
	if (!id) {
		id = trace_pen_string(pen, text, strlen(text));
		trace_intern_add(names, text, hash, id);
	}
	return id;
}

uint32_t trace_pen_name(struct trace_pen *pen, const char *text)
{
	if (!pen->writer->ring_blocks || !text || !*text)
		return trace_pen_intern(pen, text);
	return trace_pen_string(pen, text, strlen(text));
}

uint32_t trace_pen_where(struct trace_pen *pen, const char *file, int line)
{
	if (!file)
		return 0;
	struct trace_file_index *files = &pen->writer->files;
	bool added;
	uint32_t index = trace_file_index_get(files, file, &added);
	if (added) {
		uint32_t name = trace_pen_intern(pen, file);
		trace_emit(pen,
		           (struct trace_record){
		                   .t_ns = pen->t_ns, .kind = TRACE_FILE, .id = index, .a = name});
	}
	return index ? TRACE_WHERE(index, line) : 0;
}
