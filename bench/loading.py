#!/usr/bin/env python3
"""What others need to read a recording: loading.py GANTTOP FILE FOLDER [BENCH_FRAME].

The recording is exported to what each of them reads, which is not measured; then each reads all of it. KernelShark reads what a kernel
writes, so a file of as many events is made up for it. Figures are CPU time, because the machine may have other work. With BENCH_FRAME, which
reads the recording as the viewer does, the others' rows say how many times as many events that is a second.
"""
import os
import re
import resource
import shutil
import subprocess
import sys

import peer

INDEX = {'rate': 0.0}


def cpu_s():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def row(what, value, unit, note, at_least=None):
    """Print a row of the others; `at_least`: how many times as many events ours is to read a second."""
    if INDEX['rate']:
        note += f'; ganttop indexes {INDEX["rate"] / value:.1f} times as many' + (f' (at least {at_least})' if at_least else '')
    peer.row(what, f'{value:.2f}', unit, note)


def read(what, n_events, command, at_least=None):
    """Run a command that reads `n_events` events, and print how many it reads in a second."""
    before = cpu_s()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        print(f'row\t{what}\t-\t\tFAILED: {done.stderr.decode(errors="replace").strip()[-200:]}')
        return None
    seconds = cpu_s() - before
    row(what, n_events / seconds / 1e6, 'M/s', f'{n_events / 1e6:.1f} M events, {seconds:.2f} s of CPU', at_least)
    return done.stdout


def export(ganttop, recording, name, path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.remove(path)
    subprocess.run([ganttop, 'export', recording, '-f', name, '-o', path], check=True)


def index_rate(bench_frame, recording):
    """Return how many million events a second ganttop reads and indexes, the best of three."""
    rates = [0.0]
    for _ in range(3):
        done = subprocess.run([bench_frame, 'index', recording], stdout=subprocess.PIPE, check=True)
        rates += [float(rate) for rate in re.findall(r'index, all of it read\t([0-9.]+)', done.stdout.decode())]
    return max(rates)


def kernelshark(n_events, folder):
    """Let KernelShark's library open a trace of as many events."""
    what, packages = "KernelShark's library, opening (trace.dat)", 'libkshark-dev libjson-c-dev'
    program = peer.build(what, packages, 'kernelshark', folder, ['-I/usr/include/kernelshark', '-lkshark'])
    if not program:
        return
    trace = os.path.join(folder, 'load.dat')
    subprocess.run([sys.executable, os.path.join(peer.ROOT, 'bench', 'peers', 'trace_dat.py'), trace, str(n_events)], check=True)
    done = subprocess.run([program, trace], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    os.remove(trace)
    if done.returncode != 0:
        print(f'row\t{what}\t-\t\tFAILED: {done.stderr.decode(errors="replace").strip()[-200:]}')
        return
    n, seconds, memory = (float(word) for word in done.stdout.split())
    row(what, n / seconds / 1e6, 'M/s', f'{n / 1e6:.1f} M events, {seconds:.2f} s of CPU, {memory / n:.0f} bytes of memory an event', 5)


def main():
    ganttop, recording, folder = sys.argv[1:4]
    lines = os.path.join(folder, 'load.jsonl')
    export(ganttop, recording, 'jsonl', lines)
    with open(lines, 'rb') as file:
        n_events = sum(1 for _ in file) - 1
    read('ganttop, all that stats has to know', n_events, [ganttop, 'stats', recording, '--json'])
    INDEX['rate'] = index_rate(sys.argv[4], recording) if len(sys.argv) > 4 else 0.0
    if not peer.is_missing('babeltrace2, decoding (CTF)', 'babeltrace2', 'babeltrace2'):
        ctf = os.path.join(folder, 'load.ctf')
        export(ganttop, recording, 'ctf', ctf)
        read('babeltrace2, decoding (CTF)', n_events, ['babeltrace2', '-o', 'dummy', ctf], 10)
        shutil.rmtree(ctf)
    kernelshark(n_events, folder)
    if not peer.is_missing('sqlite3, importing rows (CSV)', 'sqlite3', 'sqlite3'):
        table = os.path.join(folder, 'load.csv')
        export(ganttop, recording, 'csv', table)
        with open(table, 'rb') as file:
            n_rows = sum(1 for _ in file) - 1
        read('sqlite3, importing rows (CSV)', n_rows,
             ['sqlite3', ':memory:', '.mode csv', f'.import {table} intervals'])
        os.remove(table)
    read('python3, json.loads a line (JSONL)', n_events,
         ['python3', '-c', 'import json,sys\nfor line in open(sys.argv[1]): json.loads(line)', lines])
    os.remove(lines)


if __name__ == '__main__':
    main()
