/* Bytes as a file that whoever is tested can open by its path. It is in memory: a fuzzer makes thousands in a second. */
#include "tests/fuzz/targets.h"

#include <stdlib.h>
#include <sys/mman.h>

FILE *fuzz_file(const uint8_t *bytes, size_t n, char *path, size_t path_bytes)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w+");
	if (!file || (n && fwrite(bytes, 1, n, file) != n) || fflush(file))
		abort(); /* the test's own trouble */
	snprintf(path, path_bytes, "/proc/self/fd/%d", fd);
	return file;
}
