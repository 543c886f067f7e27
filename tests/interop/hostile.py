"""A recording whose names try to become something else: markup, a terminal sequence, a formula, another line.

Written from docs/trace-format.md, so that no lesson has to be mean. It has marks, levels, holds and an open end too.
"""

import struct

NAMES = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>&amp;\"'`",
    "\033]0;owned\007\033[2J\033[31m",
    "=HYPERLINK(\"http://x\",\"y\")",
    "a,b\";c\r\nd\te",
    "title x: section y; %%{init: {}}%% #35; --> :crit, 0, 1",
    "\u202eevil\u2028line\u0085",
    "'); DROP TABLE task; --",
    "${jndi:ldap://x} {{7*7}} \\u003cb\\u003e \\",
    "日本語 ❤ e\u0301 \U0001f600",
    "x" * 300,
    "",
)
BAD_BYTES = b"\xff\xfe half \xe2\x82"

STRING, CONT, META, TASK, STATE, OBJECT, LEVEL, HOLD, TICK, LOG, MARK, END = 3, 4, 6, 7, 8, 10, 11, 12, 15, 18, 19, 21
READY, RUNNING, WAITING, DONE = 1, 2, 3, 4
ON_SLEEP, ON_SEMAPHORE, WHY_START, WHY_RELEASE, TIMED = 1, 6, 1, 4, 0x8000


class Recording:
    """The slots of one writer, and at the end the file."""

    def __init__(self):
        self.blocks = []
        self.strings = 0
        self.t = 0

    def put(self, kind, number=0, a=0, b=0, c=0, d=0, arg=0, sub=0):
        self.slots(struct.pack("=QIIIIIHBB", self.t, number, a, b, c, d, arg, sub, kind))

    def slots(self, data):
        if not self.blocks or len(self.blocks[-1]) + len(data) > 512 * 32:
            if self.blocks:
                while len(self.blocks[-1]) < 512 * 32:
                    self.blocks[-1] += struct.pack("=QIIIIIHBB", self.t, 0, 0, 0, 0, 0, 0, 0, 2)
            self.blocks.append(struct.pack("=QIIIIIHBB", self.t, 1, 0, len(self.blocks), 0, 0, 0, 0, 1))
        self.blocks[-1] += data

    def string(self, text):
        data = text if isinstance(text, bytes) else text.encode()
        self.strings += 1
        parts = struct.pack("=QII12sHBB", self.t, self.strings, len(data), data[:12], 0, 0, STRING)
        for at in range(12, len(data), 31):
            parts += struct.pack("=31sB", data[at:at + 31], CONT)
        self.slots(parts)
        return self.strings

    def bytes(self):
        header = bytearray(4096)
        struct.pack_into("=8sIIIII", header, 0, b"\x89GTT\r\n\x1a\n", 1, 0x01020304, 4096, 32, 512)
        body = b"".join(block.ljust(512 * 32, b"\0") for block in self.blocks)
        struct.pack_into("=I", header, 28, 1)  # the virtual clock
        struct.pack_into("=I", header, 52, 2)  # closed
        struct.pack_into("=Q", header, 56, len(self.blocks))
        struct.pack_into("=Q", header, 72, 4096 + len(body))
        return bytes(header) + body


def hostile(names=NAMES):
    """Return the bytes of a recording in which everything that can have a name has each of these."""
    log = Recording()
    ids = [log.string(name) for name in (*names, BAD_BYTES)]
    for meta, name in ((1, ids[0]), (2, ids[1]), (6, ids[2]), (7, ids[3]), (4, ids[4])):
        log.put(META, b=name, sub=meta)
    log.put(META, a=ids[5], b=ids[6], sub=5)
    for n, name in enumerate(ids, 1):
        log.put(TASK, n, a=name)
        log.put(STATE, n, arg=WHY_START, sub=READY)
        log.put(OBJECT, n, a=name, b=2, sub=3)
        log.put(LEVEL, n, a=1, b=1)
    for n, name in enumerate(ids, 1):
        log.t += 1000000
        log.put(TICK, a=1, sub=1)
        log.put(STATE, n, sub=RUNNING)
        log.put(LOG, n, a=name)
        log.put(MARK, a=name, b=ids[-n])
        log.put(HOLD, n, a=n, sub=1)
        log.t += 500000
        log.put(STATE, n, a=n, arg=ON_SEMAPHORE, sub=WAITING)
        log.put(TICK, sub=2)
    for n, name in enumerate(ids[:-2], 1):
        log.t += 1000000
        log.put(STATE, n, a=n, b=n % len(ids) + 1, arg=WHY_RELEASE, sub=READY)
        log.put(STATE, n, sub=RUNNING)
        log.put(STATE, n, a=name, arg=1 + n % 3, sub=DONE)
    log.put(END, sub=1)
    return log.bytes()
