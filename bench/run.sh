#!/usr/bin/env bash
# Measure everything and write bench/RESULTS.md. `make bench` builds and calls this; nothing else writes that file.
#
# Ours and what it is compared with run in the same minute on the same machine; absolute figures drift, ratios hold.
set -u
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C.UTF-8 TERM=xterm-256color
unset NO_COLOR COLORTERM LINES COLUMNS

bin=$PWD/build/release/bench
ganttop=$PWD/ganttop
work=$PWD/build/bench
mkdir -p "$work"
rows=$work/rows
: > "$rows"
failed=

# Run one measurement; its rows are shown and kept. A failure is kept too: a hole in the table would look like success.
run() {
    local status
    "$@" > "$work/out" 2> "$work/err"
    status=$?
    if [ $status -ne 0 ]; then
        printf 'row\t%s\t-\t\tFAILED: %s\n' "$(basename "$1") $2" "$(tail -n 1 "$work/err")" >> "$work/out"
        failed=1
    fi
    cat "$work/out" >> "$rows"
    sed -E 's/^row\t//; s/^section\t/\n/; s/\t/  /g' "$work/out"
}

section() {
    printf 'section\t%s\n' "$1" >> "$rows"
    printf '\n%s\n' "$1"
}

machine() {
    local cpu
    cpu=$(sed -nE 's/^model name[[:space:]]*: //p' /proc/cpuinfo 2> /dev/null | head -n 1)
    echo "${cpu:-$(uname -m)}, $(nproc) CPUs, $(uname -sr), $(cc --version | head -n 1), load $(cut -d ' ' -f 1 /proc/loadavg)"
}
date=$(date -u '+%Y-%m-%d %H:%M UTC')
machine=$(machine)
echo "$machine"
echo "$date"

# Runtimes on the same work. What ours records goes into memory, as in a run that is only watched.
memory=$(mktemp -d "${XDG_RUNTIME_DIR:-/dev/shm}/ganttop-bench.XXXXXX" 2> /dev/null) || memory=
printf '\nRuntimes, ns an operation\n'
rm -f "$work/runtimes"
bench/compare.py "$bin" --log "${memory:-$work}" --passes 5 --table "$work/runtimes" || failed=1

# A run that is only watched records into memory; one that is kept, where the user says. The kernel's price of a
# page is in both figures.
if [ -n "$memory" ]; then
    bench/warm.py
    run "$bin/bench_record" "$memory" "Recording, into memory as a watched run does"
    rm -rf "$memory"
fi
bench/warm.py
run "$bin/bench_record" "$work" "Recording, into a file on the disk"
run bench/recording.py "$work" "$rows"

"$bin/bench_generate" "$work/lanes.gtt" 1000 || exit 1

# Long recordings, of 1,000 lanes and four events a turn; the longest only where there is room for it.
section "Reading a recording (index at 50 M events/s and more, in at most 8 bytes an event; any frame at p99 1 ms)"
for turns in 250000 2500000 8250000 25000000; do
    events=$((turns / 250000))M
    room=$(df -Pk "$work" | awk 'NR == 2 { print $4 }')
    [ "$((turns / 1000 * 131 * 2))" -lt "$room" ] || continue
    "$bin/bench_generate" "$work/long.gtt" 1000 "$turns" || exit 1
    run "$bin/bench_frame" "$events events" "$work/long.gtt"
    [ "$turns" = 2500000 ] && mv "$work/long.gtt" "$work/ten.gtt"
    rm -f "$work/long.gtt"
done
"$bin/bench_generate" "$work/one.gtt" 1000 250000 || exit 1
run bench/loading.py "$ganttop" "$work/one.gtt" "$work" "$bin/bench_frame"
rm -f "$work/one.gtt"

seq -f 'line %g of a file that less has to show, as long as a row of the screen' 100000 > "$work/text"
section "Key to painted screen, 200x50 (p99 at most 16 ms; p50 at most 2.5 of bare ncurses and 0.6 of htop)"
run "$bin/bench_latency" "bare ncurses, a bar moves" 400 'j' @curses
run "$bin/bench_latency" "bare ncurses, every cell changes" 400 'j' @curses-full
run "$bin/bench_latency" "less, a line" 400 'j j j k' less "$work/text"
run "$bin/bench_latency" "less, a page" 400 'f f f b' less "$work/text"
# htop shows processes of our own, so many that a key always moves the bar, and does not refresh by itself meanwhile; with its
# usual settings and not the user's.
down=$'\033OB' up=$'\033OA'
if command -v htop > /dev/null; then
    idle=()
    for ((i = 0; i < 120; i++)); do
        sleep 600 &
        idle+=($!)
    done
    list=$(IFS=, && echo "${idle[*]}")
    mkdir -p "$work/home"
    HOME=$work/home run "$bin/bench_latency" "htop, a process" 400 "$down $down $down $up" htop -d 600 -p "$list"
    HOME=$work/home run "$bin/bench_latency" "htop, a page" 400 $'\033[6~ \033[6~ \033[5~ \033[5~' htop -d 600 -p "$list"
    kill "${idle[@]}"
    wait "${idle[@]}" 2> /dev/null
fi
for recording in lanes ten; do
    of="400,000 events"
    [ $recording = ten ] && of="10 M events"
    latency() {
        run "$bin/bench_latency" "ganttop, $1, $of" 400 "$2" "$ganttop" view "$work/$recording.gtt"
    }
    latency "select a lane" 'j j j k'
    latency "step" $'\177 \177 \177 \r'
    latency "pan and zoom" 'w w d d d a a a s s'
    latency "to the ends" '^ $ G gg'
    latency "next event of a lane" 'j , , , .'
    latency "sort" 'o'
    latency "search" $'/ 9 \033 /task-07\r n N'
    latency "panes" '2 3 2 3 t t'
    latency "the other axis" 'x'
done

section "A key at every zoom and every place of 10 M events, in process, 200x50, us of CPU"
keys() {
    run "$bin/bench_keys" "$1" "$work/ten.gtt" "$2"
}
keys "select a lane" 'jjjkjjjk'
keys "step" $'\177\177\177\r\r\177'
keys "pan and zoom" 'wwdddaaass'
keys "to the ends" '^$'
keys "first and last lane" 'gG'
keys "next event of a lane" '.,.,'
keys "iteration of the loop" '}{}{'
keys "all of it, and back" '0u'
keys "the other axis" 'xx'
keys "sort" 'oooo'
keys "search" $'/9\r'
keys "filter" $'&9\r&\r'
keys "fold, hide, pin" 'zzHH**'
keys "panes" '112233tt'
keys "metrics" '44'
keys "findings" ')('
keys "critical path" 'CC'
keys "why" 'y'
keys "mark" 'm'
rm -f "$work/ten.gtt"

section "Playing at 60 frames a second, 200x50, 5 s (at most 500 ms of CPU; bytes are what changed)"
run "$bin/bench_idle" "ganttop run, three tasks" 5 - "$ganttop" run concurrent --speed 0.02
run "$bin/bench_idle" "ganttop run, a hundred tasks" 5 - "$ganttop" run scraper --speed 0.05

section "CPU when paused, 5 s (must be 0)"
run "$bin/bench_idle" "less" 5 - less "$work/text"
run "$bin/bench_idle" "ganttop view, 1,000 lanes" 5 - "$ganttop" view "$work/lanes.gtt"
run "$bin/bench_idle" "ganttop run, held at the gate" 5 - "$ganttop" run semaphore --step

section "The course (all lessons headless in 5 s, opening one in 100 ms)"
run "$bin/bench_lessons" "$ganttop"

"$bin/bench_generate" "$work/long.gtt" 1000 300000 || exit 1
section "Exports of a recording of 1.2 million records, $(du -m "$work/long.gtt" | cut -f 1) MB"
run bench/exports.py "$ganttop" "$work/long.gtt" "$work"
rm -f "$work/long.gtt"

section "A paced run"
run "$bin/bench_paced" "$work"
run "$bin/bench_paced" "$work" "$ganttop"

{
    echo "# Results"
    echo
    echo "Written by \`make bench\`. $date."
    echo
    echo "$machine"
    if [ -s "$work/runtimes" ]; then
        printf '\n## Runtimes on the same work, ns an operation, the least of 5 interleaved passes\n\n'
        cat "$work/runtimes" bench/runtimes.md
    fi
    awk -F '\t' '
        $1 == "section" { printf "\n## %s\n\n| what | | unit | |\n| --- | ---: | --- | --- |\n", $2 }
        $1 == "row" { printf "| %s | %s | %s | %s |\n", $2, $3, $4, $5 }
    ' "$rows"
} > bench/RESULTS.md
echo
echo "written: bench/RESULTS.md"
[ -z "$failed" ]
