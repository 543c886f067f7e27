#!/usr/bin/env python3
"""What others need to read a recording: loading.py GANTTOP FILE FOLDER.

The recording is exported to what each of them reads, which is not measured; then each reads all of it. Figures are
CPU time, because the machine may have other work.
"""
import os
import resource
import shutil
import subprocess
import sys


def cpu_s():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def row(what, value, unit, note):
    print(f'row\t{what}\t{value:.2f}\t{unit}\t{note}')


def read(what, n_events, command, note=''):
    """Run a command that reads `n_events` events, and print how many it reads in a second."""
    before = cpu_s()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        print(f'row\t{what}\t-\t\tFAILED: {done.stderr.decode(errors="replace").strip()[-200:]}')
        return None
    seconds = cpu_s() - before
    row(what, n_events / seconds / 1e6, 'M/s', f'{n_events / 1e6:.1f} M events, {seconds:.2f} s of CPU{note}')
    return done.stdout


def export(ganttop, recording, name, path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.remove(path)
    subprocess.run([ganttop, 'export', recording, '-f', name, '-o', path], check=True)


def main():
    ganttop, recording, folder = sys.argv[1:4]
    lines = os.path.join(folder, 'load.jsonl')
    export(ganttop, recording, 'jsonl', lines)
    with open(lines, 'rb') as file:
        n_events = sum(1 for _ in file) - 1
    read('ganttop, all that stats has to know', n_events, [ganttop, 'stats', recording, '--json'])
    if shutil.which('babeltrace2'):
        ctf = os.path.join(folder, 'load.ctf')
        export(ganttop, recording, 'ctf', ctf)
        read('babeltrace2, decoding (CTF)', n_events, ['babeltrace2', '-o', 'dummy', ctf])
        shutil.rmtree(ctf)
    if shutil.which('sqlite3'):
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
