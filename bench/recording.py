#!/usr/bin/env python3
"""What recording an event costs with LTTng-UST, beside what ours has just cost: recording.py FOLDER ROWS.

ROWS is the table that bench_record has written to in the same run. LTTng's is the CPU time of the thread that records, the median of
passes; its own daemons, which have a processor of their own, are not in it. Where LTTng is not installed a line says so.
"""
import os
import shutil
import statistics
import subprocess
import sys
import time

import peer

WHAT = 'LTTng-UST'
PACKAGES = 'lttng-tools liblttng-ust-dev'
N_EVENTS = 1000000
PASSES = 7

# How ours are called in ROWS, and what they are to be of LTTng's.
OURS = (('trace_emit, pages that are there', 'a hot record of ours', 0.15),
        ('trace_emit, the file growing', 'one with page faults', 0.25))


def lttng(*words):
    return subprocess.run(['lttng', *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


class Daemon:
    """The daemon that sessions need: the one that runs, or one for as long as this."""

    def __enter__(self):
        self.process = None
        if lttng('--no-sessiond', 'list').returncode != 0:
            self.process = subprocess.Popen(['lttng-sessiond'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(100):
                if lttng('--no-sessiond', 'list').returncode == 0:
                    break
                time.sleep(0.1)
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            self.process.wait()


def record(program, folder, name, options, channel):
    """Record with a session of its own. Returns the ns of each pass, or nothing after a line that says why."""
    output = os.path.join(folder, f'lttng-{name}')
    session = f'ganttop-bench-{os.getpid()}-{name}'
    where = [f'--output={output}']
    steps = (['create', session, *options, *where],
             ['enable-channel', '-s', session, '-u', '--subbuf-size=4M', '--num-subbuf=8', *channel, 'events'],
             ['enable-event', '-s', session, '-u', 'ganttop_bench:*', '-c', 'events'],
             ['start', session])
    try:
        for step in steps:
            done = lttng(*step)
            if done.returncode != 0:
                peer.row(f'{WHAT}, {name}', '-', '', f'left out: {done.stdout.decode(errors="replace").strip().splitlines()[-1]}')
                return []
        command = [program, str(N_EVENTS), str(PASSES)]
        if shutil.which('taskset'):
            command = ['taskset', '-c', str(max(os.sched_getaffinity(0))), *command]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        return [float(line) for line in done.stdout.split()]
    finally:
        lttng('destroy', session)
        shutil.rmtree(output, ignore_errors=True)


def ours(rows):
    """Return the last value of each of our rows."""
    values = {}
    with open(rows, encoding='utf-8') as file:
        for line in file:
            parts = line.rstrip('\n').split('\t')
            if len(parts) > 2 and parts[0] == 'row' and parts[2] != '-':
                values[parts[1]] = float(parts[2].replace(',', ''))
    return values


def main():
    folder, rows = sys.argv[1:3]
    if peer.is_missing(WHAT, PACKAGES, 'lttng', 'lttng-sessiond'):
        return
    program = peer.build(WHAT, PACKAGES, 'lttng', folder, ['-llttng-ust', '-ldl'])
    if not program:
        return
    values = ours(rows)
    with Daemon():
        kinds = (('to disk', [], []), ('into memory (a snapshot)', ['--snapshot'], ['--overwrite']))
        for name, options, channel in kinds:
            passes = record(program, folder, name.split()[0] + name.split()[1], options, channel)
            if not passes:
                continue
            ns = statistics.median(passes)
            notes = [f'{label}: {values[key] / ns:.2f} of it (at most {most})' for key, label, most in OURS if key in values]
            peer.row(f'{WHAT}, {name}', f'{ns:.2f}', 'ns', '; '.join(['of the CPU of the thread that records', *notes]))


if __name__ == '__main__':
    main()
