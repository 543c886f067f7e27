/* Two tables. A key stands here when no Chrome trace has it. */
#include "trace/import/stranger.h"

#include <stdbool.h>
#include <string.h>

struct stranger {
	const char *sign;
	size_t n_sign; /* bytes; 0: a key, ended by a zero */
	const char *what;
};

#define BYTES(sign) sign, sizeof(sign) - 1

#define UNPACK "expected a trace, found a file that is compressed with "

#define PERF    "expected text, found the data of perf: perf sched script prints it"
#define PACKETS "expected a trace, found packets of a network (pcap)"
#define STREAM  "expected a trace, found a stream of CTF: name the folder that holds it"

static const struct stranger files[] = {
        {BYTES("\x1f\x8b"), UNPACK "gzip: zcat it and view -"},
        {BYTES("\x28\xb5\x2f\xfd"), UNPACK "zstd: zstdcat it and view -"},
        {BYTES("\xfd"
               "7zXZ"),
         UNPACK "xz: xzcat it and view -"},
        {BYTES("BZh"), UNPACK "bzip2: bzcat it and view -"},
        {BYTES("PK\x03\x04"), UNPACK "zip: unzip it first"},
        {BYTES("PK\x05\x06"), UNPACK "zip, which is empty"},
        {BYTES("\x04\x22\x4d\x18"), UNPACK "lz4: lz4cat it and view -"},
        {BYTES("\xd4\xc3\xb2\xa1"), PACKETS},
        {BYTES("\xa1\xb2\xc3\xd4"), PACKETS},
        {BYTES("\x4d\x3c\xb2\xa1"), PACKETS},
        {BYTES("\xa1\xb2\x3c\x4d"), PACKETS},
        {BYTES("\x0a\x0d\x0d\x0a"), PACKETS},
        {BYTES("\xc1\x1f\xfc\xc1"), STREAM},
        {BYTES("\xc1\xfc\x1f\xc1"), STREAM},
        {BYTES("\x7f"
               "ELF"),
         "expected a trace, found a program, or its core: run a program of yours to record it "
         "(docs/library.md)"},
        {BYTES("Ftrace!"), "expected a trace, found the data of uftrace: uftrace dump --chrome "
                           "turns it into JSON"},
        {BYTES("FLR\0"), "expected a trace, found a recording of Java's Flight Recorder"},
        {BYTES("\x89PNG"), "expected a trace, found a picture"},
        {BYTES("%PDF"), "expected a trace, found a PDF"},
        {BYTES("<!DOCTYPE"), "expected a trace, found a page of HTML: a browser shows it"},
        {BYTES("<!doctype"), "expected a trace, found a page of HTML: a browser shows it"},
        {BYTES("<svg"), "expected a trace, found a picture: a browser shows it"},
        {BYTES("<?xml"), "expected a trace, found XML"},
        {BYTES("PERFILE2"), PERF},
        {BYTES("PERFFILE"), PERF},
        {BYTES("\x17\x08\x44tracing"),
         "expected text, found the data of trace-cmd: trace-cmd report prints it"},
        {BYTES("go 1."), "expected text, found a trace of Go's runtime: go tool trace turns it "
                         "into JSON (docs/formats.md)"},
        {BYTES("SQLite format 3"), "expected a trace, found a database of SQLite"},
        {BYTES("\xff\xfe"), "expected UTF-8, found UTF-16: iconv -f UTF-16 converts it"},
        {BYTES("\xfe\xff"), "expected UTF-8, found UTF-16: iconv -f UTF-16 converts it"},
};

static const struct stranger keys[] = {
        {"nodes", 0, "a CPU profile of V8 (--cpu-prof): samples, and no events"},
        {"timeDeltas", 0, "a CPU profile of V8 (--cpu-prof): samples, and no events"},
        {"resourceSpans", 0, "spans of OpenTelemetry, which are not read"},
        {"profiles", 0, "a profile of speedscope, which is not read"},
        {"threads", 0, "a profile of Firefox, which is not read"},
        {"width", 0, "an asciicast, which is a film: asciinema plays it"},
};

/* Field 1 of the file is a packet, whose fields begin with one of TracePacket's usual ones. */
static bool is_perfetto(const unsigned char *bytes, size_t n)
{
	size_t at = 1;
	if (n < 4 || bytes[0] != 0x0a)
		return false;
	while (at < n && at < 6 && (bytes[at] & 0x80))
		at++;
	return at + 1 < n && bytes[1] >= 2 && (bytes[at + 1] & 7) <= 2 && bytes[at + 1] >= 0x30 &&
	       memchr(bytes, 0, n < 512 ? n : 512) != NULL;
}

const char *trace_stranger_of_bytes(const char *bytes, size_t n)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (n >= files[i].n_sign && memcmp(bytes, files[i].sign, files[i].n_sign) == 0)
			return files[i].what;
	if (n >= 262 && memcmp(bytes + 257, "ustar", 5) == 0)
		return "expected a trace, found an archive: tar -x unpacks it";
	if (is_perfetto((const unsigned char *)bytes, n))
		return "expected text, found a Perfetto trace: traceconv json turns it into JSON";
	return NULL;
}

const char *trace_stranger_of_key(const char *key)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (strcmp(keys[i].sign, key) == 0)
			return keys[i].what;
	return NULL;
}
