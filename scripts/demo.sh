#!/bin/sh
# What `make demo` shows: the menu of lessons on a terminal, two lessons as text without one.
set -eu

if [ -t 0 ] && [ -t 1 ]; then
    exec ./ganttop
fi
./ganttop run sequential --plain
echo
./ganttop run concurrent --plain
