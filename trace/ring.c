/* Turning a ring: a recording that has reached its size is written anew without its oldest part, beside the old file, and takes its
 * name. So the file is at any moment a whole recording of the ordinary format, also when the program is killed
 * in the middle of this.
 *
 * The header stays at its address: the new file's is mapped there, so that whoever has a pointer to the gate keeps it. A viewer
 * has the old file, which says that it was replaced. Rejected: writing over the oldest blocks in place (a mapped reader would see
 * records change under its hands, and nothing says what was in force before the oldest of them).
 */
#include <errno.h>
#include <limits.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#if defined __linux__
#include <linux/futex.h>
#include <sys/syscall.h>
#endif
#include <unistd.h>

#include "trace/growth.h"
#include "trace/ring_fold.h"
#include "trace/writer_private.h"

/* A turn leaves at most this part of the ring behind, so that the next one is not near. */
#define TAIL_EIGHTHS 3u
#define FULL_EIGHTHS 6u

struct cursor;

struct turn {
	struct trace_writer *writer;
	struct trace_cut cut;
	uint8_t *kept; /* a byte a slot */
	uint64_t n_lost;
	char *path; /* of the new file, while it has no other name */
	int fd;
	struct trace_growth *growth;
	struct trace_header *header; /* of the new file, for a while */
	uint64_t n_blocks;           /* used in the new file */
	struct cursor *cursors;      /* one a writer */
	uint32_t n_cursors;
	uint64_t dropped; /* other threads whose part found no room */
};

/* ---- What stays ---- */

/* The first slot of the newest `n` records of writer 1, at least one, moved to where nothing is torn apart; 0 when it has no more. Padding does
 * not count: after a turn there is much of it, and the text before it may be named by the record that comes next. */
static uint64_t cut_slot(const struct trace_cut *cut, uint64_t n)
{
	for (uint64_t block = cut->n_blocks; block-- > 0;) {
		const struct trace_record *first = &cut->slots[block * TRACE_BLOCK_SLOTS];
		uint64_t at = TRACE_BLOCK_SLOTS;
		if (first->id != 1)
			continue;
		while (n > 0 && at > 1)
			n -= first[--at].kind != TRACE_PAD;
		if (n > 0)
			continue;
		while (at > 1 &&
		       (first[at].kind == TRACE_CONT || first[at].kind == TRACE_STRING ||
		        first[at - 1].kind == TRACE_AWAIT || first[at - 1].kind == TRACE_STRING ||
		        first[at - 1].kind == TRACE_CONT))
			at--;
		return block * TRACE_BLOCK_SLOTS + at;
	}
	return 0;
}

static uint64_t count_staying(const struct turn *t)
{
	uint64_t n = 0, n_slots = t->cut.n_blocks * TRACE_BLOCK_SLOTS;
	for (uint64_t s = 0; s < n_slots; s++) {
		unsigned kind = t->cut.slots[s].kind;
		if (kind != TRACE_EMPTY && kind != TRACE_BLOCK && kind != TRACE_PAD)
			n += t->kept[s] || trace_cut_stays(&t->cut, s);
	}
	return n;
}

/* Choose where to cut, so that what stays leaves room. Returns an errno or TRACE_RING_FULL. */
static int choose_cut(struct turn *t)
{
	uint64_t ring_slots = t->writer->ring_blocks * TRACE_BLOCK_SLOTS;
	uint64_t n_slots = t->cut.n_blocks * TRACE_BLOCK_SLOTS;
	uint64_t tail = ring_slots / 8 * TAIL_EIGHTHS;
	for (unsigned attempt = 0; attempt < 4; attempt++, tail /= 2) {
		memset(t->kept, 0, n_slots);
		t->cut.slot = cut_slot(&t->cut, tail);
		t->cut.t_ns = t->cut.slots[t->cut.slot].t_ns;
		t->cut.spare = attempt > 0;
		if (trace_ring_fold(&t->cut, t->kept, &t->n_lost))
			return ENOMEM;
		if (count_staying(t) <= ring_slots / 8 * FULL_EIGHTHS - TRACE_BLOCK_SLOTS / 2)
			return 0;
	}
	return TRACE_RING_FULL;
}

/* ---- Writing it anew ---- */

/* Where the slots of a writer go in the new file. */
struct cursor {
	struct turn *turn;
	uint32_t writer;
	uint64_t sequence, block, pos; /* pos 0: no block yet */
	struct trace_record *slots;    /* of the block */
	uint64_t t_ns;
};

static void publish(struct trace_record *slot, const struct trace_record *r)
{
	struct trace_record copy = *r;
	memcpy(slot, &copy, offsetof(struct trace_record, d));
	uint64_t last;
	memcpy(&last, &copy.d, sizeof last);
	atomic_store_explicit((_Atomic uint64_t *)(void *)&slot->d, last, memory_order_release);
}

static void fill_block(struct cursor *c)
{
	struct trace_record pad = {.t_ns = c->t_ns, .kind = TRACE_PAD};
	while (c->pos && c->pos < TRACE_BLOCK_SLOTS)
		publish(&c->slots[c->pos++], &pad);
}

/* Begin a block. Returns an errno or TRACE_RING_FULL. */
static int begin_block(struct cursor *c)
{
	struct turn *t = c->turn;
	if (t->n_blocks + 1 >= t->writer->ring_blocks)
		return TRACE_RING_FULL; /* the last one is for what comes next */
	while (t->n_blocks >= t->growth->n_blocks) {
		int rc = trace_growth_add(t->growth);
		if (rc)
			return rc;
	}
	c->block = t->n_blocks++;
	c->slots = trace_growth_block(t->growth, c->block);
	struct trace_record r = {
	        .t_ns = c->t_ns, .kind = TRACE_BLOCK, .id = c->writer, .b = (uint32_t)c->sequence};
	publish(&c->slots[0], &r);
	c->sequence++;
	c->pos = 1;
	return 0;
}

/* Append a record, which is `n` slots long. */
static int append(struct cursor *c, const struct trace_record *r, uint64_t n)
{
	if (c->pos && c->pos + n > TRACE_BLOCK_SLOTS)
		fill_block(c);
	int rc = c->pos == 0 || c->pos == TRACE_BLOCK_SLOTS ? begin_block(c) : 0;
	for (uint64_t i = n; i-- > 0 && !rc;) /* the first one last: it publishes the others */
		publish(&c->slots[c->pos + i], &r[i]);
	if (rc)
		return rc;
	c->pos += n;
	c->t_ns = r->t_ns;
	return 0;
}

/* What is gone, up to when: the first record of what is left. */
static int append_gap(struct cursor *c)
{
	const struct trace_cut *cut = &c->turn->cut;
	struct trace_record r = {.id = (uint32_t)cut->t_ns,
	                         .a = (uint32_t)(cut->t_ns >> 32),
	                         .b = (uint32_t)c->turn->n_lost,
	                         .c = (uint32_t)(c->turn->n_lost >> 32),
	                         .arg = TRACE_TIMED,
	                         .kind = TRACE_LOST};
	return append(c, &r, 1);
}

static bool copies(const struct turn *t, uint64_t slot)
{
	const struct trace_record *r = &t->cut.slots[slot];
	if (r->kind == TRACE_PAD || r->kind == TRACE_CONT || r->kind == TRACE_BLOCK)
		return false;
	bool stays = trace_cut_stays(&t->cut, slot);
	if (r->kind == TRACE_LOST && (r->arg & TRACE_TIMED))
		return false; /* the new one counts it */
	return stays || t->kept[slot];
}

/* Copy what stays of one writer. A pen that writes goes on behind it. */
static int copy_writer(struct cursor *c)
{
	const struct trace_record *slots = c->turn->cut.slots;
	int rc = c->writer == 1 ? append_gap(c) : 0;
	for (uint64_t block = 0; block < c->turn->cut.n_blocks && !rc; block++) {
		uint64_t first = block * TRACE_BLOCK_SLOTS, end = first + TRACE_BLOCK_SLOTS;
		if (slots[first].id != c->writer)
			continue;
		for (uint64_t s = first + 1; s < end && slots[s].kind && !rc; s++) {
			uint64_t n = 1;
			while (s + n < end && slots[s + n].kind == TRACE_CONT)
				n++;
			if (copies(c->turn, s))
				rc = append(c, &slots[s], n);
			s += n - 1;
		}
	}
	return rc;
}

/* Let a pen of another thread go on in the new file. */
static void move_pen(struct trace_pen *pen, const struct cursor *c)
{
	pen->n_blocks = c->sequence;
	pen->block = c->block;
	if (pen->next && pen->next >= pen->scratch &&
	    pen->next <= pen->scratch + TRACE_SCRATCH_SLOTS * (size_t)4)
		return; /* it has nothing in the file now, and looks for a block when its scratch area is full */
	pen->next = pen->end = NULL;
	if (!c->pos)
		return;
	pen->next = (uint64_t *)(void *)&c->slots[c->pos];
	pen->end = (uint64_t *)(void *)(c->slots + TRACE_BLOCK_SLOTS);
}

/* Return the pen of writer `number`, NULL when it was put down. */
static struct trace_pen *pen_of(const struct trace_writer *w, uint32_t number)
{
	struct trace_pen *pen = w->pens;
	while (pen && pen->number != number)
		pen = pen->sibling;
	return pen;
}

/* Copy everything. The other threads' part comes last: what finds no room there is lost. */
static int copy_all(struct turn *t)
{
	t->n_cursors = t->writer->n_pens;
	t->cursors = calloc(t->n_cursors, sizeof *t->cursors);
	if (!t->cursors)
		return ENOMEM;
	for (uint32_t i = 0; i < t->n_cursors; i++) {
		struct cursor *c = &t->cursors[i];
		*c = (struct cursor){.turn = t, .writer = i + 1};
		int rc = copy_writer(c);
		if (rc && i == 0)
			return rc;
		t->dropped += rc != 0;
		if (i == 0 || !pen_of(t->writer, c->writer))
			fill_block(c);
	}
	return 0;
}

/* The loop's pen gets a block of its own next, so that whatever it is about to write has room. */
static void move_pens(const struct turn *t)
{
	for (uint32_t i = 0; i < t->n_cursors; i++) {
		struct trace_pen *pen = pen_of(t->writer, i + 1);
		if (pen)
			move_pen(pen, &t->cursors[i]);
		if (pen && i == 0)
			pen->next = pen->end = NULL;
	}
}

/* ---- The files ---- */

static int make_header(struct turn *t)
{
	int rc = trace_extent_allocate(t->fd, 0, TRACE_HEADER_BYTES);
	if (rc)
		return rc;
	t->header = mmap(NULL, sizeof *t->header, PROT_READ | PROT_WRITE, MAP_SHARED, t->fd, 0);
	return t->header == MAP_FAILED ? errno : 0;
}

/* Create the new file beside the old one. */
static int create(struct turn *t)
{
	struct stat st;
	if (asprintf(&t->path, "%s.turn", t->writer->path) < 0) {
		t->path = NULL;
		return ENOMEM;
	}
	if (fstat(t->writer->fd, &st))
		return errno;
	unlink(t->path); /* of somebody who was killed at this */
	t->fd = open(t->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	             st.st_mode & 0777);
	if (t->fd < 0)
		return errno;
	(void)!flock(t->fd, LOCK_EX | LOCK_NB); /* as the old one is */
	(void)!fchmod(t->fd, st.st_mode & 0777);
	int rc = make_header(t);
	if (rc)
		t->header = NULL;
	return rc ? rc
	          : trace_growth_init(t->growth, t->fd, &t->writer->lock, t->writer->ring_blocks);
}

/* Copy the words that a viewer may write. */
static void copy_gate(struct trace_header *to, const struct trace_header *from)
{
	memcpy((void *)&to->gate, (const void *)&from->gate, sizeof to->gate);
}

static void write_header(struct turn *t)
{
	const struct trace_header *old = t->writer->header;
	memcpy((void *)t->header, (const void *)old, sizeof *old);
	atomic_store(&t->header->n_blocks, t->n_blocks);
	atomic_fetch_add(&t->header->lost, t->dropped);
}

static void wake(_Atomic uint32_t *word)
{
#if defined __linux__
	syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
#else
	(void)word;
#endif
}

/* Put the new header where the old one is: whoever reads there meanwhile sees one or the other. */
static bool move_header(struct turn *t)
{
	void *to = t->writer->header;
#ifdef MREMAP_FIXED
	size_t n = sizeof *t->header;
	if (mremap(t->header, n, n, MREMAP_MAYMOVE | MREMAP_FIXED, to) == MAP_FAILED)
		return false;
	t->header = NULL;
	return true;
#else
	return mmap(to, sizeof *t->header, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, t->fd,
	            0) != MAP_FAILED;
#endif
}

/* The new file takes the name and the header's place; the old one says so. Returns an errno. */
static int replace(struct turn *t)
{
	struct trace_writer *w = t->writer;
	struct trace_header *old =
	        mmap(NULL, sizeof *old, PROT_READ | PROT_WRITE, MAP_SHARED, w->fd, 0);
	if (old == MAP_FAILED)
		return errno;
	if (rename(t->path, w->path) || !move_header(t)) {
		munmap(old, sizeof *old);
		return errno;
	}
	copy_gate(w->header, old);
	atomic_store_explicit(&old->live, TRACE_REPLACED, memory_order_release);
	wake(&old->gate.knock); /* who slept there sleeps on the new one */
	munmap(old, sizeof *old);
	return 0;
}

static void turn_fini(struct turn *t)
{
	if (t->header)
		munmap(t->header, sizeof *t->header);
	if (t->growth->extents)
		trace_growth_fini(t->growth);
	if (t->fd >= 0) {
		close(t->fd);
		if (t->path)
			unlink(t->path);
	}
	if (t->cut.slots)
		munmap((void *)((const char *)t->cut.slots - TRACE_HEADER_BYTES),
		       TRACE_HEADER_BYTES + t->cut.n_blocks * TRACE_BLOCK_BYTES);
	free(t->path);
	free(t->kept);
	free(t->cursors);
}

/* What was old is `*t` now, and is thrown away with it. */
static void swap(struct turn *t)
{
	struct trace_writer *w = t->writer;
	int fd = w->fd;
	struct trace_growth *growth = w->growth;
	w->fd = t->fd;
	w->growth = t->growth;
	w->last_block_slots = TRACE_BLOCK_SLOTS;
	t->fd = fd;
	t->growth = growth;
	free(t->path);
	t->path = NULL;
}

static int map_old(struct turn *t)
{
	size_t bytes = TRACE_HEADER_BYTES + t->cut.n_blocks * TRACE_BLOCK_BYTES;
	char *file = mmap(NULL, bytes, PROT_READ, MAP_SHARED, t->writer->fd, 0);
	if (file == MAP_FAILED)
		return errno;
	t->cut.slots = (const void *)(file + TRACE_HEADER_BYTES);
	t->kept = malloc(t->cut.n_blocks * TRACE_BLOCK_SLOTS);
	return t->kept ? 0 : ENOMEM;
}

int trace_ring_turn(struct trace_writer *writer)
{
	struct trace_writer *w = writer;
	struct turn t = {.writer = w, .fd = -1};
	t.growth = w->growth == &w->growths[0] ? &w->growths[1] : &w->growths[0];
	*t.growth = (struct trace_growth){.fd = -1};
	t.cut.n_blocks = atomic_load(&w->header->n_blocks);
	t.cut.names = &w->names;
	int rc = map_old(&t);
	if (!rc)
		rc = choose_cut(&t);
	if (!rc)
		rc = create(&t);
	if (!rc) {
		pthread_mutex_lock(&w->lock); /* for growing */
		rc = copy_all(&t);
		pthread_mutex_unlock(&w->lock);
	}
	if (!rc) {
		write_header(&t);
		rc = replace(&t);
	}
	if (!rc) {
		move_pens(&t);
		swap(&t);
	}
	turn_fini(&t);
	return rc;
}
