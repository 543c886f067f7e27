/* The copy counts its own blocks while it grows: the header that came says how many there were when it was sent, and a reader would
 * miss those that have not come yet.
 */
#include "trace/import/native.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "trace/record.h"

static int failed(const char *what, struct trace_error *error)
{
	return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot %s the copy of the recording: %s",
	                       what, strerror(errno));
}

static int write_at(int fd, const void *bytes, size_t n, uint64_t at, struct trace_error *error)
{
	for (size_t done = 0; done < n;) {
		ssize_t wrote =
		        pwrite(fd, (const char *)bytes + done, n - done, (off_t)(at + done));
		if (wrote < 0 && errno != EINTR)
			return failed("write", error);
		done += wrote > 0 ? (size_t)wrote : 0;
	}
	return TRACE_OK;
}

/* Say in the header what has come: `bytes` of the file. */
static int tell(int fd, struct trace_header *header, uint64_t bytes, struct trace_error *error)
{
	uint64_t n = (bytes - TRACE_HEADER_BYTES + TRACE_BLOCK_BYTES - 1) / TRACE_BLOCK_BYTES;
	atomic_store(&header->n_blocks, n);
	return write_at(fd, header, sizeof *header, 0, error);
}

/* Copy whole slots as they come. */
static int copy(struct trace_input *input, int fd, struct trace_header *header, uint64_t *bytes,
                struct trace_error *error)
{
	for (;;) {
		size_t n = input->end - input->at;
		n -= n % TRACE_RECORD_BYTES;
		if (n == 0) {
			if (trace_input_fill(input))
				continue;
			return input->failed ? trace_input_fail(input, 0, error, "the read failed")
			                     : TRACE_OK;
		}
		uint64_t end = *bytes + n - TRACE_HEADER_BYTES + TRACE_BLOCK_BYTES - 1;
		end = TRACE_HEADER_BYTES + end - end % TRACE_BLOCK_BYTES;
		if (ftruncate(fd, (off_t)end) != 0)
			return failed("grow", error);
		int rc = write_at(fd, input->bytes + input->at, n, *bytes, error);
		if (rc == TRACE_OK)
			rc = tell(fd, header, *bytes + n, error);
		if (rc != TRACE_OK)
			return rc;
		input->at += n;
		*bytes += n;
	}
}

/* Close the copy as the recording says it is. */
static int close_copy(int fd, struct trace_header *header, uint64_t bytes,
                      struct trace_error *error)
{
	bool is_whole = atomic_load(&header->closed_bytes) <= bytes;
	if (ftruncate(fd, (off_t)bytes) != 0)
		return failed("cut", error);
	atomic_store(&header->live, TRACE_CLOSED);
	if (atomic_load(&header->closed_bytes) == 0 || is_whole)
		atomic_store(&header->closed_bytes, bytes);
	return tell(fd, header, bytes, error);
}

int trace_import_native(struct trace_input *input, const char *out, struct trace_error *error)
{
	struct trace_header header;
	while (input->end - input->at < sizeof header && trace_input_fill(input))
		;
	if (input->end - input->at < sizeof header)
		return trace_input_fail(input, trace_input_offset(input), error,
		                        "expected a header of 4096 bytes");
	memcpy(&header, input->bytes + input->at, sizeof header);
	input->at += sizeof header;
	uint64_t closed_bytes = atomic_load(&header.closed_bytes), bytes = sizeof header;
	atomic_store(&header.live, TRACE_LIVE);
	atomic_store(&header.closed_bytes, 0);
	header.writer_pid = 0;
	int fd = open(out, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed("make", error);
	int rc = tell(fd, &header, bytes, error);
	if (rc == TRACE_OK)
		rc = copy(input, fd, &header, &bytes, error);
	atomic_store(&header.closed_bytes, closed_bytes);
	int closed = close_copy(fd, &header, bytes, rc == TRACE_OK ? error : NULL);
	close(fd);
	return rc ? rc : closed;
}
