"""The bytes of a recording, version 1, as docs/trace-format.md lays them out: to damage one with care."""

import struct

HEADER_BYTES, RECORD_BYTES, BLOCK_SLOTS = 4096, 32, 512

# Offsets in the header.
VERSION, BYTE_ORDER, RECORD_SIZE, BLOCK_SIZE, CLOCK, PID, LIVE, N_BLOCKS = 8, 12, 20, 24, 28, 48, 52, 56

# Kinds, of trace/vocabulary.h.
BLOCK, STRING, CONT, META, TASK, STATE, LOG, END = 1, 3, 4, 6, 7, 8, 18, 21


def put(data, offset, form, *values):
    """A copy of `data` with other bytes at `offset`."""
    changed = bytearray(data)
    struct.pack_into(form, changed, offset, *values)
    return bytes(changed)


def number(data, offset, form="=I"):
    return struct.unpack_from(form, data, offset)[0]


def slots(data):
    """(offset, kind, id, sub) of every published slot."""
    for offset in range(HEADER_BYTES, len(data) - RECORD_BYTES + 1, RECORD_BYTES):
        kind = data[offset + 31]
        if kind:
            yield offset, kind, number(data, offset + 8), data[offset + 30]


def first(data, kind):
    """The offset of the first slot of a kind."""
    return next(offset for offset, its, _, _ in slots(data) if its == kind)
