#!/usr/bin/env bash
# Make the pictures of the README with the program's own painter, so that they are what the screen shows. The virtual clock
# makes them repeat: a picture that changes in git is a change of the painter or of the lesson.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
mkdir -p screenshots

# picture LESSON ROWS COLS [OPTION...]: screenshots/LESSON.svg, and a PNG in build/ to look at where rsvg-convert is there.
picture() {
    local lesson=$1 rows=$2 cols=$3
    shift 3
    ./ganttop export "$lesson" -f svg --rows "$rows" --cols "$cols" "$@" -o "screenshots/$lesson.svg"
    echo "  PICTURE  screenshots/$lesson.svg"
    if command -v rsvg-convert > /dev/null 2>&1; then
        mkdir -p build/screenshots
        rsvg-convert -z 1.5 -o "build/screenshots/$lesson.png" "screenshots/$lesson.svg"
    fi
}

# The same of a lesson under another name.
named() {
    local name=$1 lesson=$2 rows=$3 cols=$4
    shift 4
    ./ganttop export "$lesson" -f svg --rows "$rows" --cols "$cols" "$@" -o "screenshots/$name.svg"
    echo "  PICTURE  screenshots/$name.svg"
}

picture semaphore 24 100 --at 412
picture blocking 24 100 --at 600
picture queue 24 100
picture to-thread 24 100
named panes blocking 34 120 --at 900 --panes state,source,metrics
named path pipeline 24 100 --path

# Screens that are no export: NAME LESSON ROWS COLS KEYS, after these keys were pressed. Answers are not to be remembered.
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
screen() {
    XDG_STATE_HOME=$state ./ganttop _picture "$2" --rows "$3" --cols "$4" --press "$5" -o "screenshots/$1.svg"
    echo "  PICTURE  screenshots/$1.svg"
}
screen predict semaphore 26 100 "b n n n Down Enter"
screen whatif semaphore 26 100 "v Down Right"
screen compare sequential 30 100 "c"
