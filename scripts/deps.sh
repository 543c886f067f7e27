#!/bin/sh
# Install what is missing, and only that: `scripts/deps.sh SET...` with the sets
#   run      to build and run         check    to run the tests
#   lint     to run `make lint`       bench    to run `make bench`
#   interop  to run `make interop`      fuzz, afl  to run `make fuzz`, and with FUZZER=afl
#
# What is missing is found by asking pkg-config and by looking for commands, so nothing is installed where
# everything is there. It says what it is about to install before it does.
# DEPS=skip installs nothing and asks nothing; DEPS=list says what is missing and fails if anything is.
set -eu

case ${DEPS:-install} in
skip) exit 0 ;;
install | list) ;;
*)
    echo "deps: DEPS=$DEPS is none of: install, list, skip" >&2
    exit 2
    ;;
esac

manager=none
for candidate in apt-get dnf pacman apk brew; do
    if command -v "$candidate" > /dev/null 2>&1; then
        manager=$candidate
        break
    fi
done

# One line a need: what it is called here, and the package of apt-get, dnf, pacman, apk, brew ('-': none).
packages='
cc          gcc,libc6-dev   gcc,glibc-devel     gcc          gcc,musl-dev,linux-headers  gcc
pkg-config  pkg-config      pkgconf-pkg-config  pkgconf      pkgconf         pkg-config
libuv       libuv1-dev      libuv-devel         libuv        libuv-dev       libuv
ncursesw    libncurses-dev  ncurses-devel       ncurses      ncurses-dev     ncurses
cmocka      libcmocka-dev   libcmocka-devel     cmocka       cmocka-dev      cmocka
vterm       libvterm-dev    libvterm-devel      libvterm     libvterm-dev    libvterm
python3     python3         python3             python       python3         python3
valgrind    valgrind        valgrind,valgrind-devel  valgrind  valgrind,valgrind-dev  -
bash        bash            bash                bash         bash            bash
timeout     coreutils       coreutils           coreutils    coreutils       coreutils
clang       clang           clang               clang        clang           llvm
clang-rt    libclang-rt-dev  compiler-rt        compiler-rt  compiler-rt     llvm
aflpp       afl++           american-fuzzy-lop  afl++        -               afl++
clang-format clang-format   clang-tools-extra   clang        clang-extra-tools  clang-format
cppcheck    cppcheck        cppcheck            cppcheck     cppcheck        cppcheck
less        less            less                less         less            less
go          golang-go       golang              go           go              go
uvloop      python3-uvloop  python3-uvloop      python-uvloop  py3-uvloop    -
taskset     util-linux      util-linux          util-linux   util-linux      -
lttng       lttng-tools,liblttng-ust-dev  -       -            -               -
kernelshark libkshark-dev,libjson-c-dev   -       -            -               -
sqlite3lib  libsqlite3-dev  sqlite-devel        sqlite       sqlite-dev      sqlite
sqlite3     sqlite3         sqlite              sqlite       sqlite          sqlite
babeltrace2 babeltrace2     babeltrace2         babeltrace2  -               babeltrace
protoc      protobuf-compiler protobuf-compiler protobuf     protoc          protobuf
asciinema   asciinema       asciinema           asciinema    asciinema       asciinema
node        nodejs          nodejs              nodejs       nodejs          node
npm         npm             npm                 npm          npm             node
chromium    chromium        chromium            chromium     chromium        chromium
terminfo    ncurses-term    ncurses-term        ncurses      ncurses-terminfo  ncurses
htop        htop            htop                htop         htop            htop
rsvg-convert librsvg2-bin   librsvg2-tools      librsvg      rsvg-convert    librsvg
'

has_command() {
    command -v "$1" > /dev/null 2>&1
}

has_library() {
    has_command pkg-config && pkg-config --exists "$1" 2> /dev/null
}

# A sanitizer's runtime and header come with clang in some systems, and have a package of their own in others.
has_clang_runtime() {
    for folder in "$(clang -print-resource-dir 2> /dev/null)"/lib/*; do
        ls "$folder"/*fuzzer* > /dev/null 2>&1 && return
    done
    return 1
}

has_header() {
    echo "#include <$1>" | cc -E -x c - > /dev/null 2>&1
}

# In the first python3 of the path, or in the system's, where a package puts it.
has_python_module() {
    for python in python3 /usr/bin/python3; do
        has_command "$python" && "$python" -c "import $1" 2> /dev/null && return
    done
    return 1
}

is_here() {
    case $1 in
    libuv | ncursesw | cmocka | vterm) has_library "$1" ;;
    sqlite3lib) has_library sqlite3 ;;
    uvloop) has_python_module uvloop ;;
    lttng) has_command lttng && has_header lttng/tracepoint.h ;;
    kernelshark) has_header kernelshark/libkshark.h && has_header json-c/json.h ;;
    terminfo) infocmp xterm-direct > /dev/null 2>&1 ;;
    clang-rt) has_clang_runtime ;;
    aflpp) has_command afl-clang-fast && has_command afl-fuzz ;;
    *) has_command "$1" ;;
    esac
}

needs=
for set in "$@"; do
    case $set in
    run) needs="$needs cc pkg-config libuv ncursesw" ;;
    check)
        needs="$needs cc pkg-config libuv ncursesw sqlite3lib cmocka vterm python3 valgrind bash timeout"
        needs="$needs babeltrace2 protoc sqlite3 rsvg-convert clang clang-rt terminfo"
        ;;
    interop) needs="$needs python3 babeltrace2 protoc sqlite3 rsvg-convert asciinema node npm chromium" ;;
    lint) needs="$needs cc pkg-config libuv ncursesw cmocka vterm python3 bash clang clang-format cppcheck" ;;
    bench) needs="$needs python3 less htop bash go uvloop taskset babeltrace2 sqlite3 lttng kernelshark" ;;
    fuzz) needs="$needs cc pkg-config libuv ncursesw sqlite3lib clang clang-rt bash" ;;
    afl) needs="$needs aflpp" ;;
    screenshots) needs="$needs rsvg-convert" ;;
    *)
        echo "deps: '$set' is none of: run, check, lint, bench, screenshots, interop, fuzz, afl" >&2
        exit 2
        ;;
    esac
done

case $manager in
apt-get) column=2 ;;
dnf) column=3 ;;
pacman) column=4 ;;
apk) column=5 ;;
brew) column=6 ;;
*) column=0 ;;
esac

missing=
install=
nowhere= # has no package there; what needs it says so itself
for need in $needs; do
    case " $missing " in *" $need "*) continue ;; esac
    is_here "$need" && continue
    missing="$missing $need"
    [ "$column" -gt 0 ] || continue
    names=$(printf '%s' "$packages" | awk -v need="$need" -v column="$column" '$1 == need { print $column }')
    if [ "$names" = - ]; then
        nowhere="$nowhere $need"
        continue
    fi
    install="$install $(printf '%s' "$names" | tr ',' ' ')"
done

[ -n "$missing" ] || exit 0
if [ "${DEPS:-install}" = list ]; then
    echo "deps: missing:$missing" >&2
    [ -z "$install" ] || echo "deps: $manager calls them:$install" >&2
    exit 1
fi
if [ "$manager" = none ]; then
    echo "deps: missing:$missing; no apt-get, dnf, pacman, apk or brew here to install them with" >&2
    exit 1
fi
[ -n "$install" ] || exit 0

sudo=
if [ "$(id -u)" -ne 0 ] && [ "$manager" != brew ]; then
    if ! has_command sudo; then
        echo "deps: missing:$missing; installing$install needs root, and there is no sudo" >&2
        exit 1
    fi
    sudo=sudo
fi

echo "deps: missing:$missing"
echo "deps: installing with $manager:$install   (DEPS=skip turns this off)"
# shellcheck disable=SC2086 # the lists are lists
case $manager in
apt-get)
    $sudo apt-get update -q -y
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $install
    ;;
dnf) $sudo dnf install -y $install ;;
pacman) $sudo pacman -Sy --needed --noconfirm $install ;;
apk) $sudo apk add $install ;;
brew) brew install $install ;;
esac

still=
for need in $missing; do
    case " $nowhere " in *" $need "*) continue ;; esac
    is_here "$need" || still="$still $need"
done
if [ -n "$still" ]; then
    echo "deps: still missing after the installation:$still" >&2
    exit 1
fi
