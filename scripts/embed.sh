#!/bin/sh
# Write a C file with the text of the files that are named, as scenarios/embedded.h declares it.
#
# Texts are arrays of characters and not string literals: C11 promises 4,095 characters a literal, and -Wpedantic
# holds us to it.
set -eu
LC_ALL=C
export LC_ALL

echo '/* Made by scripts/embed.sh from the lessons and their twins. */'
echo '#include "scenarios/embedded.h"'
n=0
for path in "$@"; do
    printf '\nstatic const char text_%d[] = {' "$n"
    od -An -v -tx1 "$path" | awk '{ printf "\n\t"; for (i = 1; i <= NF; i++) printf "'\''\\x%s'\'',", $i }'
    printf '\n\t0};\n'
    n=$((n + 1))
done

printf '\nconst struct scn_embedded scn_embedded[] = {\n'
n=0
for path in "$@"; do
    printf '\t{"%s", text_%d},\n' "$path" "$n"
    n=$((n + 1))
done
printf '\t{0, 0},\n};\n'
printf 'const size_t scn_n_embedded = %d;\n' "$n"
