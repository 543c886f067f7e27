/* What opening a trace costs with KernelShark's library: kernelshark FILE.dat. bench/loading.py compiles it where the library is installed.
 * Prints the number of events, the seconds of CPU time, and the bytes of memory that they take.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libkshark.h>

static double cpu_s(void)
{
	struct timespec time;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double anonymous_bytes(void)
{
	char line[256];
	double kib = 0;
	FILE *status = fopen("/proc/self/status", "r");
	while (status && fgets(line, sizeof line, status))
		if (strncmp(line, "RssAnon:", 8) == 0)
			kib = (double)strtoul(line + 8, NULL, 10);
	if (status)
		fclose(status);
	return kib * 1024;
}

int main(int argc, char **argv)
{
	struct kshark_context *context = NULL;
	struct kshark_entry **entries = NULL;
	if (argc < 2 || !kshark_instance(&context))
		return 2;
	double start_s = cpu_s(), before = anonymous_bytes();
	int stream = kshark_open(context, argv[1]);
	ssize_t n = stream < 0 ? -1 : kshark_load_entries(context, stream, &entries);
	if (n <= 0) {
		fprintf(stderr, "cannot read '%s'\n", argv[1]);
		return 3;
	}
	printf("%zd %.6f %.0f\n", n, cpu_s() - start_s, anonymous_bytes() - before);
	return 0;
}
