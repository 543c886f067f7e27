#!/usr/bin/env bash
# Fuzz every target for S seconds, or those that are named: scripts/fuzz.sh SECONDS [TARGET...]
#
#   FUZZER=libfuzzer   the programs of build/fuzz, made with clang (the default)
#   FUZZER=afl         the programs of build/afl, made with afl-clang-fast
#
# Inputs come from tests/fuzz/seeds/TARGET, from tests/fuzz/found/TARGET, and from build/fuzz/corpus/TARGET, where what is new is
# kept from one time to the next. An input that breaks something ends the run with status 1, and stands in build/fuzz/crashes;
# put it into tests/fuzz/found/TARGET with a name that says what it broke, and `make test` plays it for ever.
set -u
cd "$(dirname "$0")/.." || exit 2
shopt -s nullglob

seconds=${1:?usage: scripts/fuzz.sh SECONDS [TARGET...]}
shift
fuzzer=${FUZZER:-libfuzzer}
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for source in tests/fuzz/fuzz_*.c; do
        name=${source##*/fuzz_}
        targets+=("${name%.c}")
    done
fi

# Run libFuzzer on the target $1; its dictionary is its keywords, where there is one.
with_libfuzzer() {
    local target=$1 corpus=build/fuzz/corpus/$1 options=()
    mkdir -p "$corpus" build/fuzz/crashes
    [ -f "tests/fuzz/$target.dict" ] && options+=("-dict=tests/fuzz/$target.dict")
    ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 "build/fuzz/tests/fuzz/fuzz_$target" "${options[@]}" \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=40000 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/crashes/$target-" "$corpus" tests/fuzz/{seeds,found}/"$target"/ > "build/fuzz/$target.out" 2>&1
}

with_afl() {
    local target=$1 inputs=build/afl/in/$1 options=()
    [ -f "tests/fuzz/$target.dict" ] && options+=(-x "tests/fuzz/$target.dict")
    mkdir -p "$inputs" "build/afl/out/$target"
    cp tests/fuzz/{seeds,found}/"$target"/* "$inputs"/ 2> /dev/null
    AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_BENCH_UNTIL_CRASH=1 \
        afl-fuzz -V "$seconds" "${options[@]}" -i "$inputs" -o "build/afl/out/$target" -m none \
        -- "build/afl/tests/fuzz/fuzz_$target" > "build/afl/$target.out" 2>&1 || return 1
    local crashes=("build/afl/out/$target"/default/crashes/id*)
    [ ${#crashes[@]} -eq 0 ]
}

# Print how many inputs the last run of the target $1 has tried.
executed() {
    if [ "$fuzzer" = afl ]; then
        sed -n 's/^execs_done *: *//p' "build/afl/out/$1/default/fuzzer_stats"
    else
        sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$1.out"
    fi 2> /dev/null
}

failed=0
for target in "${targets[@]}"; do
    mkdir -p "tests/fuzz/found/$target" "build/$([ "$fuzzer" = afl ] && echo afl || echo fuzz)"
    if "with_$fuzzer" "$target"; then
        n=$(executed "$target")
        echo "fuzz: $target, $seconds s with $fuzzer${n:+, $n inputs}: ok"
    else
        echo "fuzz: $target FAILED"
        grep -vE '^(#|INFO|stat::)' "build/$([ "$fuzzer" = afl ] && echo afl || echo fuzz)/$target.out" | head -n 40 | sed 's/^/      | /'
        failed=1
    fi
    rmdir "tests/fuzz/found/$target" 2> /dev/null
done
rmdir tests/fuzz/found 2> /dev/null
exit $failed
