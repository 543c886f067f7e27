#!/bin/sh
# Write a C file with the parts of the HTML page, as viz/export/html.h declares them: `scripts/embed_page.sh CSS HTML JS`.
# Arrays of characters and not string literals, as in scripts/embed.sh.
set -eu
LC_ALL=C
export LC_ALL

echo '/* Made by scripts/embed_page.sh from viz/html/. */'
echo '#include "viz/export/html.h"'
for path in "$@"; do
    printf '\nconst char viz_html_%s[] = {' "${path##*.}"
    od -An -v -tx1 "$path" | awk '{ printf "\n\t"; for (i = 1; i <= NF; i++) printf "'\''\\x%s'\'',", $i }'
    printf '\n\t0};\n'
done
