#!/usr/bin/env bash
# Check what the compiler of a plain build does not. Every check runs, each says `ok` or what it found, and the status
# is 1 if any failed. `scripts/lint.sh NAME...` runs only the checks that are named.
set -u
cd "$(dirname "$0")/.." || exit 2
shopt -s nullglob
export LC_ALL=C.UTF-8

SOURCES=({trace,runtime,scenarios,viz}/{,*/}*.c bench/{,peers/}*.c tests/*/*.c)
HEADERS=({trace,runtime,scenarios,viz}/{,*/}*.h bench/{,peers/}*.h tests/*/*.h)
TABLES=({trace,runtime,scenarios,viz}/{,*/}*.def)
ALL=("${SOURCES[@]}" "${HEADERS[@]}" "${TABLES[@]}" {runtime,viz}/*.S)
SHELL_SCRIPTS=({scripts,tests/*,bench}/*.sh {tests,.ci}/ru[n])
PYTHON_SCRIPTS=(scripts/*.py tests/*/*.py bench/{,*/}*.py scenarios/python/*.py)

# clang-format changes its mind between versions, so only the version of the project may judge.
lint_format() {
    local version
    if ! version=$(clang-format --version 2> /dev/null | sed -nE 's/.*version ([0-9]+).*/\1/p') || [ "$version" != 14 ]; then
        echo "skipped: needs clang-format 14, and here is ${version:-none}"
        return 0
    fi
    clang-format --dry-run -Werror --ferror-limit=3 "${SOURCES[@]}" "${HEADERS[@]}" 2>&1 | grep -E 'error|note: ' | head -n 40
    [ "${PIPESTATUS[0]}" -eq 0 ]
}

lint_whitespace() {
    local bad=0 file
    grep -nE '[[:space:]]+$' "${ALL[@]}" "${SHELL_SCRIPTS[@]}" "${PYTHON_SCRIPTS[@]}" Makefile /dev/null && bad=1
    for file in "${ALL[@]}" "${SHELL_SCRIPTS[@]}" "${PYTHON_SCRIPTS[@]}" Makefile ./*.md docs/*.md; do
        [ -z "$(tail -c 1 "$file")" ] || { echo "$file: no newline at the end"; bad=1; }
    done
    return $bad
}

lint_includes() {
    python3 scripts/lint_includes.py
}

# Build every object in the flavour $1 with the rest of the arguments; say each complaint once.
build_objects() {
    local flavour=$1 log=build/$1.out
    shift
    make -k objects FLAVOUR="$flavour" WERROR=1 "$@" > "$log" 2>&1 && return 0
    grep -E 'error:|warning:' "$log" | awk '!seen[$0]++' | head -n 40 | grep . || tail -n 5 "$log"
    return 1
}

lint_gcc() {
    build_objects lint CC=gcc
}

lint_clang() {
    build_objects lint-clang CC=clang CFLAGS=-O0
}

# Functions that write without a limit, lose errors, or eat the stack; -Wvla catches arrays of variable length.
lint_functions() {
    ! grep -nE '(^|[^a-zA-Z0-9_.>])(strcpy|strcat|stpcpy|sprintf|vsprintf|atoi|atol|atof|strtok|alloca|gets|tmpnam|mktemp)[[:space:]]*\(' \
        "${SOURCES[@]}" "${HEADERS[@]}" /dev/null
}

lint_sizes() {
    awk -f scripts/lint_sizes.awk "${SOURCES[@]}" "${HEADERS[@]}"
}

lint_notes() {
    ! grep -nwE 'TODO|FIXME|XXX|HACK' /dev/null "${ALL[@]}" scripts/*.awk "${PYTHON_SCRIPTS[@]}" Makefile ./*.md docs/*.md
}

# Uninitialised and leaked memory is left to the sanitizers and valgrind, which do not cry wolf over an argument that the
# call beside it fills in, or a pointer that was kept.
lint_cppcheck() {
    cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr --error-exitcode=1 -j "$(nproc)" \
        --suppress=missingInclude --suppress=unknownMacro --suppress=varFuncNullUB --suppress=nullPointerRedundantCheck \
        --suppress=uninitvar --suppress=zerodivcond --suppress=memleak \
        -I. -D__x86_64__ {trace,runtime,scenarios,viz}/{,*/}*.c 2>&1
}

lint_scripts() {
    local bad=0 file
    for file in "${SHELL_SCRIPTS[@]}"; do
        bash -n "$file" || bad=1
    done
    for file in "${PYTHON_SCRIPTS[@]}"; do
        python3 -c 'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1])' "$file" || bad=1
    done
    return $bad
}

lint_documents() {
    make ganttop > build/lint.out 2>&1 || { tail -n 20 build/lint.out; return 1; }
    python3 scripts/lint_documents.py || return 1
    make build/ganttop.1 > build/lint.out 2>&1 || { tail -n 20 build/lint.out; return 1; }
}

CHECKS="format whitespace includes functions sizes notes scripts gcc clang cppcheck documents"
failed=
mkdir -p build
for check in ${*:-$CHECKS}; do
    if ! output=$("lint_$check" 2>&1); then
        echo "lint: $check FAILED"
        printf '%s\n' "$output" | sed 's/^/      | /'
        failed="$failed $check"
    else
        echo "lint: $check ${output:-ok}"
    fi
done

if [ -n "$failed" ]; then
    echo "lint: FAILED:$failed"
    exit 1
fi
echo "lint: passed"
