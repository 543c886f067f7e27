/* Protobuf's wire format. */
#include "trace/export/protobuf.h"

#include <string.h>

enum wire { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_BYTES = 2 };
enum { VARINT_BYTES = 10, LENGTH_BYTES = 4 };

static void put_byte(struct trace_protobuf *pb, unsigned byte)
{
	if (pb->n < sizeof pb->bytes)
		pb->bytes[pb->n++] = (unsigned char)byte;
}

static void put_varint(struct trace_protobuf *pb, uint64_t value)
{
	for (; value >= 0x80; value >>= 7)
		put_byte(pb, (unsigned)(value & 0x7f) | 0x80);
	put_byte(pb, (unsigned)value);
}

static void put_tag(struct trace_protobuf *pb, unsigned field, enum wire wire)
{
	put_varint(pb, (uint64_t)field << 3 | wire);
}

void trace_protobuf_number(struct trace_protobuf *pb, unsigned field, uint64_t value)
{
	put_tag(pb, field, WIRE_VARINT);
	put_varint(pb, value);
}

void trace_protobuf_fixed64(struct trace_protobuf *pb, unsigned field, uint64_t value)
{
	put_tag(pb, field, WIRE_FIXED64);
	for (unsigned i = 0; i < 8; i++)
		put_byte(pb, (unsigned)(value >> 8 * i) & 0xff);
}

void trace_protobuf_text(struct trace_protobuf *pb, unsigned field, const char *text)
{
	size_t n = strlen(text), room = sizeof pb->bytes - pb->n;
	if (room < 2 * VARINT_BYTES)
		return;
	room -= 2 * VARINT_BYTES;
	if (n > room)
		n = room;
	put_tag(pb, field, WIRE_BYTES);
	put_varint(pb, n);
	memcpy(pb->bytes + pb->n, text, n);
	pb->n += n;
}

size_t trace_protobuf_open(struct trace_protobuf *pb, unsigned field)
{
	put_tag(pb, field, WIRE_BYTES);
	size_t at = pb->n;
	for (unsigned i = 0; i < LENGTH_BYTES; i++)
		put_byte(pb, 0);
	return at;
}

void trace_protobuf_close(struct trace_protobuf *pb, size_t at)
{
	size_t n = pb->n - at - LENGTH_BYTES;
	for (unsigned i = 0; i < LENGTH_BYTES; i++, n >>= 7)
		pb->bytes[at + i] = (unsigned char)((n & 0x7f) | (i + 1 < LENGTH_BYTES ? 0x80 : 0));
}

void trace_protobuf_flush(struct trace_protobuf *pb, unsigned field, FILE *out)
{
	unsigned char head[2 * VARINT_BYTES];
	size_t n_head = 0;
	uint64_t numbers[] = {(uint64_t)field << 3 | WIRE_BYTES, pb->n};
	for (unsigned i = 0; i < 2; i++) {
		uint64_t value = numbers[i];
		for (; value >= 0x80; value >>= 7)
			head[n_head++] = (unsigned char)((value & 0x7f) | 0x80);
		head[n_head++] = (unsigned char)value;
	}
	fwrite(head, 1, n_head, out);
	fwrite(pb->bytes, 1, pb->n, out);
	pb->n = 0;
}
