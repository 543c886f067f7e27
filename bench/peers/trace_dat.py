#!/usr/bin/env python3
"""Write a trace.dat of so many events for KernelShark's library to read: trace_dat.py FILE N [CPUS].

A kernel that is traced would write it; here nothing is traced, and the file is made up after its description, trace-cmd.dat(5),
version 6: sched_switch events of a hundred tasks on CPUS processors, one a microsecond.
"""
import struct
import sys

PAGE = 4096
ROOM = PAGE - 16

HEADER_PAGE = """\
\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;
\tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;
\tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;
\tfield: char data;\toffset:16;\tsize:4080;\tsigned:1;
"""

HEADER_EVENT = """\
# compressed entry header
\ttype_len    :    5 bits
\ttime_delta  :   27 bits
\tarray       :   32 bits

\tpadding     : type == 29
\ttime_extend : type == 30
\ttime_stamp : type == 31
\tdata max type_len  == 28
"""

SWITCH_ID = 314
SWITCH = f"""\
name: sched_switch
ID: {SWITCH_ID}
format:
\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
\tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
\tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

\tfield:char prev_comm[16];\toffset:8;\tsize:16;\tsigned:0;
\tfield:pid_t prev_pid;\toffset:24;\tsize:4;\tsigned:1;
\tfield:int prev_prio;\toffset:28;\tsize:4;\tsigned:1;
\tfield:long prev_state;\toffset:32;\tsize:8;\tsigned:1;
\tfield:char next_comm[16];\toffset:40;\tsize:16;\tsigned:0;
\tfield:pid_t next_pid;\toffset:56;\tsize:4;\tsigned:1;
\tfield:int next_prio;\toffset:60;\tsize:4;\tsigned:1;

print fmt: "prev_comm=%s prev_pid=%d prev_prio=%d prev_state=%ld ==> next_comm=%s next_pid=%d next_prio=%d", \
REC->prev_comm, REC->prev_pid, REC->prev_prio, REC->prev_state, REC->next_comm, REC->next_pid, REC->next_prio
"""

EVENT = struct.Struct("<I HBBi 16siiq 16sii")
TASKS = [(f"task-{i}".encode(), 1000 + i) for i in range(100)]


def text(content):
    return struct.pack("<Q", len(content)) + content.encode()


def head(cpus):
    """Return everything up to the table of the processors' parts."""
    names = "".join(f"{pid} {name.decode()}\n" for name, pid in TASKS)
    return b"".join([
        b"\x17\x08\x44tracing6\0", bytes([0, 8]), struct.pack("<I", PAGE),
        b"header_page\0", text(HEADER_PAGE), b"header_event\0", text(HEADER_EVENT),
        struct.pack("<I", 0),  # events of ftrace itself
        struct.pack("<I", 1), b"sched\0", struct.pack("<I", 1), text(SWITCH),
        struct.pack("<I", 0),  # symbols of the kernel
        struct.pack("<I", 0),  # its printk formats
        text(names), struct.pack("<I", cpus),
        b"options  \0", struct.pack("<H", 0), b"flyrecord\0",
    ])  # fmt: skip


def pages(cpu, cpus, n):
    """Return the pages of one processor, which has every `cpus`-th of `n` events."""
    out = []
    per_page = ROOM // EVENT.size
    length = (EVENT.size - 4) // 4
    for first in range(cpu, n, per_page * cpus):
        events = []
        for i in range(first, min(n, first + per_page * cpus), cpus):
            before, after = TASKS[i * 7 % 100], TASKS[(i * 7 + 7) % 100]
            delta = 0 if i == first else 1000 * cpus
            events.append(EVENT.pack(delta << 5 | length, SWITCH_ID, 0, 0, before[1], before[0], before[1], 120, i % 2,
                                     after[0], after[1], 120))
        data = b"".join(events)
        out.append(struct.pack("<QQ", 1000 * (first + 1), len(data)) + data.ljust(ROOM, b"\0"))
    return b"".join(out)


def main():
    path, n = sys.argv[1], int(sys.argv[2])
    cpus = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    beginning = head(cpus)
    at = (len(beginning) + 16 * cpus + PAGE - 1) // PAGE * PAGE
    parts = [pages(cpu, cpus, n) for cpu in range(cpus)]
    with open(path, "wb") as file:
        file.write(beginning)
        offset = at
        for part in parts:
            file.write(struct.pack("<QQ", offset, len(part)))
            offset += len(part)
        file.write(b"\0" * (at - file.tell()))
        for part in parts:
            file.write(part)


if __name__ == "__main__":
    main()
