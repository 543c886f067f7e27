#!/usr/bin/env python3
"""Touch memory and give it back, so that what is measured next gets pages that the machine has: warm.py [MIB].

A virtual machine's memory that nobody has touched since its start is not there yet: the first store to a page costs the host's page
fault on top of the kernel's own, ten times as much and more. A recording that happened to get such pages was twice as dear as the
next. Whoever measures calls this first; the kernel then hands out the pages that were given back.
"""
import mmap
import os
import sys
import time

# As long as the longest recording of a pass, and half as much again.
MOST_BYTES = 1 << 30


def read_number(path: str) -> "int | None":
    try:
        with open(path, encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return None


def available_bytes() -> int:
    """Return what the system, or the group of processes that we are in, can give away without swapping."""
    free = 0
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            fields = dict(line.split(":", 1) for line in file)
        free = int(fields["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        if "SC_AVPHYS_PAGES" in os.sysconf_names:
            free = os.sysconf("SC_AVPHYS_PAGES") * mmap.PAGESIZE
    limit, used = (read_number(f"/sys/fs/cgroup/memory.{name}") for name in ("max", "current"))
    if limit is not None and used is not None:
        free = min(free, limit - used)
    return max(free, 0)


def touch(most_bytes: int = MOST_BYTES) -> int:
    """Touch `most_bytes`, or half of what is available if that is less, and give it back. Returns how many bytes it were."""
    n_bytes = min(most_bytes, available_bytes() // 2) // mmap.PAGESIZE * mmap.PAGESIZE
    if n_bytes <= 0:
        return 0
    with mmap.mmap(-1, n_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as memory:
        try:
            memory.madvise(mmap.MADV_HUGEPAGE)
        except (AttributeError, OSError):
            pass  # not here: small pages do as well, and take longer
        memory[:: mmap.PAGESIZE] = bytes(n_bytes // mmap.PAGESIZE)
    return n_bytes


def main() -> int:
    try:
        most_bytes = int(sys.argv[1]) << 20 if len(sys.argv) > 1 else MOST_BYTES
    except ValueError:
        most_bytes = -1
    if most_bytes < 0:
        print(f"warm: '{sys.argv[1]}' is not a number of MiB", file=sys.stderr)
        return 2
    start = time.monotonic()
    n_bytes = touch(most_bytes)
    print(f"warm: {n_bytes >> 20} MiB touched in {time.monotonic() - start:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
