#!/usr/bin/env python3
"""How fast a recording becomes each format: `exports.py GANTTOP RECORDING FOLDER`. One row a format, best of two,
and one for each that is read back.

Rates are of what is read and of what is written; memory is the peak, the mapped recording included, so that it shows
whether a format gathers the recording before it writes.
"""

import os
import shutil
import subprocess
import sys
import time

IMPORTS = ("jsonl", "chrome", "ctf")
FORMATS = ("jsonl", "csv", "chrome", "perfetto", "speedscope", "ctf", "sqlite", "otlp", "mermaid")


def size(path):
    names = [os.path.join(path, name) for name in os.listdir(path)] if os.path.isdir(path) else [path]
    return sum(os.path.getsize(name) for name in names)


def measure(program, recording, form, path):
    """Return the seconds and the peak of memory in MB of one export."""
    begin = time.monotonic()
    process = subprocess.Popen([program, "export", recording, "-f", form, "-o", path])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{form}: status {process.returncode}")
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def measure_import(program, path):
    """Return the seconds that reading the file back takes: a CSV of nothing is as little as can be done with it."""
    begin = time.monotonic()
    subprocess.run([program, "export", path, "-f", "csv", "--to", "1ns", "-o", path + ".csv"], check=True)
    seconds = time.monotonic() - begin
    os.remove(path + ".csv")
    return seconds


def main():
    program, recording, folder = sys.argv[1:]
    for form in FORMATS:
        path = os.path.join(folder, f"export.{form}")
        seconds, memory = min(measure(program, recording, form, path) for _ in range(2))
        written = size(path)
        back = measure_import(program, path) if form in IMPORTS else 0
        shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
        print("row", form, f"{size(recording) / 1e6 / seconds:.0f}", "MB/s read",
              f"{written / 1e6 / seconds:.0f} MB/s written, peak {memory:.0f} MB", sep="\t", flush=True)
        if back:
            print("row", f"{form}, imported", f"{written / 1e6 / back:.0f}", "MB/s read", "converted and opened", sep="\t", flush=True)


if __name__ == "__main__":
    main()
