/* The file of a recording in memory: header checks, growing with the file, and what is safe to touch.
 *
 * A closing writer cuts the file after its last record, and touching a mapped page behind the end of a file is
 * a SIGBUS. So whether a slot of the last block has been published is asked with pread, which answers
 * "not there" instead; once published, a slot is never cut off by its writer and is read through the mapping. Should
 * anybody else cut the file, the guard puts zeros there.
 */
#include "trace/mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trace/guard.h"

static int system_error(const struct trace_mapping *m, const char *what, struct trace_error *error)
{
	int number = errno;
	return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot %s '%s': %s", what, m->name,
	                       strerror(number));
}

static int truncated(const struct trace_mapping *m, uint64_t at, const char *what,
                     struct trace_error *error)
{
	return trace_error_set(error, TRACE_EFORMAT, at,
	                       "cannot read '%s': truncated, %s is cut off at byte %llu", m->name,
	                       what, (unsigned long long)at);
}

/* Read up to n bytes; returns how many there are, or -1. */
static ssize_t read_at(int fd, void *to, size_t n, uint64_t offset)
{
	size_t done = 0;
	while (done < n) {
		ssize_t got = pread(fd, (char *)to + done, n - done, (off_t)(offset + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		done += (size_t)got;
	}
	return (ssize_t)done;
}

/* A header field that has to have one value. */
struct expected {
	const char *name;
	uint32_t value, wanted;
	size_t offset;
};

static int check_sizes(const struct trace_mapping *m, const struct trace_header *h,
                       struct trace_error *error)
{
	const struct expected fields[] = {
	        {"header size", h->header_bytes, TRACE_HEADER_BYTES,
	         offsetof(struct trace_header, header_bytes)},
	        {"record size", h->record_bytes, TRACE_RECORD_BYTES,
	         offsetof(struct trace_header, record_bytes)},
	        {"block size", h->block_slots, TRACE_BLOCK_SLOTS,
	         offsetof(struct trace_header, block_slots)},
	};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (fields[i].value != fields[i].wanted)
			return trace_error_set(error, TRACE_EFORMAT, fields[i].offset,
			                       "cannot read '%s': damaged header, %s %lu instead "
			                       "of %lu (at byte %zu)",
			                       m->name, fields[i].name,
			                       (unsigned long)fields[i].value,
			                       (unsigned long)fields[i].wanted, fields[i].offset);
	return TRACE_OK;
}

static int check_header(const struct trace_mapping *m, const struct trace_header *h, size_t n_bytes,
                        struct trace_error *error)
{
	size_t n_magic = n_bytes < sizeof h->magic ? n_bytes : sizeof h->magic;
	if (memcmp(h->magic, TRACE_MAGIC, n_magic))
		return trace_error_set(
		        error, TRACE_EFORMAT, 0,
		        "cannot read '%s': not a ganttop recording (bad magic at byte 0)", m->name);
	if (n_bytes < offsetof(struct trace_header, header_bytes))
		return truncated(m, n_bytes, "the header", error);
	if (h->byte_order != TRACE_BYTE_ORDER)
		return trace_error_set(
		        error, TRACE_EFORMAT, offsetof(struct trace_header, byte_order),
		        "cannot read '%s': not written in this machine's byte order (at byte %zu)",
		        m->name, offsetof(struct trace_header, byte_order));
	if (h->version != TRACE_VERSION)
		return trace_error_set(error, TRACE_EVERSION,
		                       offsetof(struct trace_header, version),
		                       "cannot read '%s': version %lu, this program reads version "
		                       "%u (at byte %zu)",
		                       m->name, (unsigned long)h->version, TRACE_VERSION,
		                       offsetof(struct trace_header, version));
	if (n_bytes < sizeof *h)
		return truncated(m, n_bytes, "the header", error);
	if (check_sizes(m, h, error) != TRACE_OK)
		return TRACE_EFORMAT;
	uint32_t live = atomic_load_explicit(&h->live, memory_order_relaxed);
	size_t at = offsetof(struct trace_header, live);
	if (trace_clock_name(h->clock) && live >= TRACE_LIVE && live <= TRACE_REPLACED)
		return TRACE_OK;
	if (!trace_clock_name(h->clock))
		at = offsetof(struct trace_header, clock);
	return trace_error_set(error, TRACE_EFORMAT, at,
	                       "cannot read '%s': damaged header, unknown %s (at byte %zu)",
	                       m->name, trace_clock_name(h->clock) ? "state" : "clock", at);
}

static int map_header(struct trace_mapping *m, struct trace_error *error)
{
	struct trace_header *copy = calloc(1, sizeof *copy);
	if (!copy)
		return system_error(m, "read", error);
	ssize_t got = read_at(m->fd, copy, sizeof *copy, 0);
	int rc = got < 0 ? system_error(m, "read", error)
	                 : check_header(m, copy, (size_t)got, error);
	free(copy);
	if (rc != TRACE_OK)
		return rc;
	int access = PROT_READ | (m->has_gate ? PROT_WRITE : 0);
	void *page = mmap(NULL, TRACE_HEADER_BYTES, access, MAP_SHARED, m->fd, 0);
	if (page == MAP_FAILED)
		return system_error(m, "map", error);
	m->header = page;
	m->header_guard = trace_guard_watch(page, TRACE_HEADER_BYTES, m->has_gate);
	return TRACE_OK;
}

static int open_file(const char *path, bool *control)
{
	int fd = *control ? open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK) : -1;
	if (fd >= 0)
		return fd;
	/* only what may be read and not written is opened without: a file that comes into being at this moment keeps its gate */
	if (*control && errno != EACCES && errno != EPERM && errno != EROFS && errno != ETXTBSY)
		return fd;
	*control = false;
	return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a fifo must not make us wait */
}

int trace_mapping_open(struct trace_mapping *mapping, const char *path, const char *name,
                       bool control, struct trace_error *error)
{
	*mapping = (struct trace_mapping){.fd = -1,
	                                  .path = strdup(path),
	                                  .name = strdup(name),
	                                  .has_gate = control,
	                                  .header_guard = TRACE_GUARD_NONE,
	                                  .bytes_guard = TRACE_GUARD_NONE};
	if (!mapping->path || !mapping->name) {
		trace_mapping_close(mapping);
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot open '%s': out of memory",
		                       name);
	}
	mapping->fd = open_file(path, &mapping->has_gate);
	struct stat st;
	int rc = TRACE_OK;
	bool is_socket = mapping->fd < 0 && errno == ENXIO;
	if (is_socket)
		rc = trace_error_set(error, TRACE_ESYSTEM, 0,
		                     "cannot open '%s': a socket, which view alone can follow",
		                     name);
	else if (mapping->fd < 0 || fstat(mapping->fd, &st) < 0)
		rc = system_error(mapping, "open", error);
	else if (!S_ISREG(st.st_mode))
		rc = trace_error_set(
		        error, TRACE_EFORMAT, 0,
		        "cannot read '%s': not a ganttop recording (not a regular file, "
		        "at byte 0)",
		        name);
	if (rc == TRACE_OK)
		rc = map_header(mapping, error);
	if (rc != TRACE_OK)
		trace_mapping_close(mapping);
	return rc;
}

void trace_mapping_close(struct trace_mapping *mapping)
{
	trace_guard_release(mapping->header_guard);
	trace_guard_release(mapping->bytes_guard);
	if (mapping->bytes)
		munmap((void *)(uintptr_t)mapping->bytes, mapping->mapped_bytes);
	if (mapping->header)
		munmap(mapping->header, TRACE_HEADER_BYTES);
	if (mapping->fd >= 0)
		close(mapping->fd);
	free(mapping->path);
	free(mapping->name);
	*mapping = (struct trace_mapping){.fd = -1,
	                                  .header_guard = TRACE_GUARD_NONE,
	                                  .bytes_guard = TRACE_GUARD_NONE};
}

static int remap(struct trace_mapping *m, uint64_t bytes, struct trace_error *error)
{
	if (bytes > SIZE_MAX) {
		errno = EFBIG;
		return system_error(m, "map", error);
	}
	void *map = mmap(NULL, (size_t)bytes, PROT_READ, MAP_SHARED, m->fd, 0);
	if (map == MAP_FAILED)
		return system_error(m, "map", error);
	trace_guard_release(m->bytes_guard);
	if (m->bytes)
		munmap((void *)(uintptr_t)m->bytes, m->mapped_bytes);
	m->bytes = map;
	m->mapped_bytes = (size_t)bytes;
	m->bytes_guard = trace_guard_watch(map, m->mapped_bytes, false);
	return TRACE_OK;
}

/* Slots are numbered with 32 bits (128 GiB of recording); what lies behind is not looked at. */
static uint64_t least(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t n = a < b ? a : b;
	return n < c ? n : c;
}

bool trace_mapping_is_cut(const struct trace_mapping *mapping, uint64_t end, uint64_t *slots)
{
	struct stat st;
	uint64_t bytes = fstat(mapping->fd, &st) < 0 ? 0 : (uint64_t)st.st_size;
	bool has_header = bytes >= TRACE_HEADER_BYTES;
	uint64_t n = has_header ? (bytes - TRACE_HEADER_BYTES) / TRACE_RECORD_BYTES : 0;
	if (has_header && n >= end && !trace_guard_is_torn(mapping->header_guard) &&
	    !trace_guard_is_torn(mapping->bytes_guard))
		return false;
	*slots = n;
	return true;
}

/* Mix the words of `n` slots from `slot` on. */
static uint64_t mix(const struct trace_mapping *m, uint64_t slot, uint64_t n, uint64_t sum)
{
	const unsigned char *at = m->bytes + trace_slot_offset(slot);
	for (uint64_t i = 0; i < n * TRACE_RECORD_BYTES; i += sizeof sum) {
		uint64_t word;
		memcpy(&word, at + i, sizeof word);
		sum = (sum ^ word) * 0x9e3779b97f4a7c15u;
		sum ^= sum >> 29;
	}
	return sum;
}

/* What tells one closed recording from another: how it begins and ends. Times of the file say less: the gate is written to. cost: two blocks. */
static uint64_t sum_of(const struct trace_mapping *m)
{
	uint64_t n = m->n_slots < TRACE_BLOCK_SLOTS ? m->n_slots : TRACE_BLOCK_SLOTS;
	uint64_t sum = atomic_load_explicit(&m->header->closed_bytes, memory_order_relaxed);
	if (m->bytes)
		sum = mix(m, m->n_slots - n, n, mix(m, 0, n, sum + m->header->started_unix_ns));
	return sum ? sum : 1;
}

enum trace_fate trace_mapping_fate(const struct trace_mapping *mapping)
{
	struct stat ours, there;
	if (mapping->closed_sum != 0 && mapping->closed_sum != sum_of(mapping))
		return TRACE_FATE_OVERWRITTEN;
	if (fstat(mapping->fd, &ours) < 0)
		return TRACE_FATE_IN_PLACE;
	if (stat(mapping->path, &there) < 0)
		return errno == ENOENT ? TRACE_FATE_REMOVED : TRACE_FATE_IN_PLACE;
	/* a ring is supplanted at every turn */
	bool is_same = ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
	return is_same || !mapping->closed ? TRACE_FATE_IN_PLACE : TRACE_FATE_SUPPLANTED;
}

int trace_mapping_refresh(struct trace_mapping *mapping, struct trace_error *error)
{
	struct trace_mapping *m = mapping;
	struct stat st;
	m->closed = atomic_load_explicit(&m->header->live, memory_order_acquire) == TRACE_CLOSED;
	uint64_t claimed = atomic_load_explicit(&m->header->n_blocks, memory_order_acquire);
	if (fstat(m->fd, &st) < 0)
		return system_error(m, "read", error);
	uint64_t bytes = (uint64_t)st.st_size;
	uint64_t slots =
	        bytes < TRACE_HEADER_BYTES ? 0 : (bytes - TRACE_HEADER_BYTES) / TRACE_RECORD_BYTES;
	uint64_t needed = 0;
	if (claimed > UINT32_MAX)
		claimed = UINT32_MAX;
	if (claimed)
		needed = (claimed - 1) * TRACE_BLOCK_SLOTS + 1;
	if (m->closed &&
	    (slots < needed || bytes < TRACE_HEADER_BYTES || bytes % TRACE_RECORD_BYTES ||
	     bytes < atomic_load_explicit(&m->header->closed_bytes, memory_order_relaxed)))
		return truncated(m, bytes, "the last block", error);
	m->n_slots = least(slots, claimed * TRACE_BLOCK_SLOTS, UINT32_MAX);
	m->n_blocks = (m->n_slots + TRACE_BLOCK_SLOTS - 1) / TRACE_BLOCK_SLOTS;
	int rc = TRACE_OK;
	if (trace_slot_offset(m->n_slots) > m->mapped_bytes && m->n_slots)
		rc = remap(m, bytes, error);
	if (rc == TRACE_OK && m->closed && m->closed_sum == 0)
		m->closed_sum = sum_of(m);
	return rc;
}

uint32_t trace_mapping_readable(const struct trace_mapping *mapping, uint64_t slot, uint32_t n)
{
	struct trace_record tail[TRACE_BLOCK_SLOTS];
	if (slot >= mapping->n_slots)
		return 0;
	if (n > mapping->n_slots - slot)
		n = (uint32_t)(mapping->n_slots - slot);
	if (n > TRACE_BLOCK_SLOTS)
		n = TRACE_BLOCK_SLOTS;
	uint64_t last_block = (uint64_t)(mapping->n_blocks - 1) * TRACE_BLOCK_SLOTS;
	bool settled = slot + n <= last_block;
	ssize_t got = n * (ssize_t)sizeof *tail;
	if (!settled)
		got = read_at(mapping->fd, tail, n * sizeof *tail, trace_slot_offset(slot));
	uint32_t readable = 0;
	uint32_t there = got < 0 ? 0 : (uint32_t)((size_t)got / sizeof *tail);
	while (readable < there && (settled ? trace_mapping_kind(mapping, slot + readable)
	                                    : tail[readable].kind) != TRACE_EMPTY)
		readable++;
	return readable;
}

const struct trace_record *trace_mapping_at(const struct trace_mapping *mapping, uint64_t slot)
{
	return (const void *)(mapping->bytes + trace_slot_offset(slot));
}

unsigned trace_mapping_kind(const struct trace_mapping *mapping, uint64_t slot)
{
	/* The writer publishes the last eight bytes at once; acquire the same eight. */
	const unsigned char *last = mapping->bytes + trace_slot_offset(slot + 1) - 8;
	uint64_t word = atomic_load_explicit((const _Atomic uint64_t *)(const void *)last,
	                                     memory_order_acquire);
	unsigned char bytes[8];
	memcpy(bytes, &word, sizeof bytes);
	return bytes[7];
}
