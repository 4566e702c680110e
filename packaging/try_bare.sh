#!/bin/sh
# Prove the two commands on a machine that has nothing: a bare Debian made by debootstrap, with Python and no more – no pip,
# no venv, no uv, no git, no display, no Chinese font, none of Qt's libraries.
#
#   sudo packaging/try_bare.sh [bookworm|trixie|…] [results folder]
#
# Needs root, debootstrap and about 2 GB in $TMPDIR; changes nothing outside that and the results folder. The pristine system
# is kept for the next time ($TMPDIR/try_bare/SUITE/base), the used one (…/run) until then. What runs there, in this order:
#   1. as a clerk without sudo: ./run demo must end with 3 and the exact line for the administrator
#   2. as a clerk: ./run must end with 2 and say that there is no display
#   3. as root: ./run demo and ./run test on the untouched system
#   4. as the clerk, now that the libraries are there: ./run demo in a folder of his own
#   5. as root: ./run with a virtual screen (where Xvfb and xdotool are installed), until its window is there
# The demo and pictures of it go to the results folder (without one: $TMPDIR/try_bare/SUITE/results).
set -eu

suite=${1:-bookworm}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
place=${TMPDIR:-/tmp}/try_bare/$suite
base=$place/base
bare=$place/run
results=${2:-$place/results}
certificates=etc/ssl/certs/ca-certificates.crt

[ "$(id -u)" = 0 ] || { echo "try_bare.sh needs root: it makes a chroot" >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "try_bare.sh needs debootstrap: apt-get install debootstrap" >&2; exit 2; }

# All mounts live in a mount namespace of this script's own and go when it ends, however it ends.
if [ -z "${TRY_BARE_INSIDE:-}" ]; then
    TRY_BARE_INSIDE=1 exec unshare --mount --propagation private "$0" "$@"
fi

step() { printf '\n==== %s ====\n' "$*"; }

if [ ! -e "$base/.complete" ]; then
    step "making a bare $suite"
    rm -rf "$base"
    mkdir -p "$base"
    debootstrap --variant=minbase --include=python3,ca-certificates "$suite" "$base" >"$place/debootstrap.log" 2>&1 ||
        { tail -n 20 "$place/debootstrap.log"; exit 1; }
    touch "$base/.complete"
fi

step "a fresh copy of it"
rm -rf "$bare"
cp -a "$base" "$bare"
cp /etc/resolv.conf /etc/hosts "$bare/etc/"
[ ! -r "/$certificates" ] || cp "/$certificates" "$bare/$certificates" # it may hold a company's own root
mount -t proc proc "$bare/proc"
mount --rbind /dev "$bare/dev"
chroot "$bare" useradd --create-home --shell /bin/sh clerk

copy_tree() { # the files of the repository, as they are now, to $1 inside the bare system
    mkdir -p "$bare$1"
    (cd "$root" && git ls-files -z --cached --others --exclude-standard | xargs -0 sh -c 'for f; do [ ! -e "$f" ] || printf "%s\0" "$f"; done' sh |
        tar --null --no-recursion -cf - -T -) | tar -C "$bare$1" -xf - --no-same-owner
}
copy_tree /srv/ledger
copy_tree /home/clerk/ledger
chroot "$bare" chown -R clerk:clerk /home/clerk/ledger

# Nothing of this machine's environment goes in except the way to the network.
inside() { # inside USER FOLDER COMMAND... – always in a subshell, which it becomes
    user=$1 folder=$2
    shift 2
    home=/root
    [ "$user" = root ] || home=/home/$user
    exec chroot --userspec="$user:$user" "$bare" /usr/bin/env -i HOME="$home" PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        ${screen:+DISPLAY="$screen"} \
        sh -c 'cd "$1" && shift && exec "$@"' sh "$folder" "$@"
}

failed=0
expect() { # expect CODE TITLE COMMAND...
    wanted=$1 title=$2
    shift 2
    step "$title"
    code=0
    started=$(date +%s.%N)
    ("$@") || code=$?
    took=$(printf '%s %s\n' "$(date +%s.%N)" "$started" | awk '{ printf "%.1f", $1 - $2 }')
    if [ "$code" = "$wanted" ]; then
        printf -- '---- as expected: exit code %s after %s s\n' "$code" "$took"
    else
        printf -- '---- FAILED: exit code %s instead of %s after %s s\n' "$code" "$wanted" "$took"
        failed=1
    fi
}

step "what is there: Python and nothing else"
(inside root / sh -c 'python3 --version; for t in pip uv git sudo fc-list; do command -v $t || echo "no $t"; done')

expect 3 "clerk without sudo: ./run demo" inside clerk /home/clerk/ledger ./run demo /home/clerk/demo
expect 2 "clerk without a display: ./run" inside clerk /home/clerk/ledger ./run
expect 0 "root: ./run demo, first time" inside root /srv/ledger ./run demo /tmp/demo
expect 0 "root: ./run demo, second time" inside root /srv/ledger ./run demo /tmp/demo-again
expect 0 "root: ./run test" inside root /srv/ledger ./run test -q
expect 0 "clerk, libraries there: ./run demo" inside clerk /home/clerk/ledger ./run demo /home/clerk/demo

open_window() { # the program on a virtual screen until its window shows, with a picture of it
    command -v Xvfb >/dev/null && command -v xdotool >/dev/null || { echo "left out: no Xvfb or xdotool here"; return; }
    screen=:97
    Xvfb $screen -screen 0 1366x768x24 -ac >/dev/null 2>&1 &
    server=$!
    mkdir -p /tmp/.X11-unix "$bare/tmp/.X11-unix"
    mount --bind /tmp/.X11-unix "$bare/tmp/.X11-unix"
    (inside root /srv/ledger ./run) &
    program=$!
    window=''
    for _ in $(seq 240); do
        kill -0 $program 2>/dev/null || break
        window=$(DISPLAY=$screen xdotool search --onlyvisible --name '宣教台账' 2>/dev/null | head -n 1) || true
        [ -z "$window" ] || break
        sleep 0.5
    done
    if [ -n "$window" ]; then
        echo "window: $(DISPLAY=$screen xdotool getwindowname "$window"), $(DISPLAY=$screen xdotool getwindowgeometry "$window" | tail -n 1)"
        sleep 2 # a moment to paint
        ! command -v import >/dev/null || DISPLAY=$screen import -window root "$results/window.png"
    fi
    kill $program $server 2>/dev/null || true
    wait $program 2>/dev/null || true
    [ -n "$window" ]
}
rm -rf "$results"
mkdir -p "$results"
expect 0 "root, on a screen: ./run" open_window

step "what the demo made"
cp -r "$bare/tmp/demo" "$results/" && (cd "$results" && find . -type f -exec ls -l {} +) || failed=1

no_library_missing() { # of the parts of Qt that the program uses
    (inside root /srv/ledger sh -c 'cd .venv/lib/python3*/site-packages/PySide6 && ldd QtCore*.so QtGui*.so QtWidgets*.so \
        QtPdf*.so QtPrintSupport*.so QtSvg*.so QtNetwork*.so QtTest*.so Qt/plugins/platforms/libq[ox]*.so \
        Qt/plugins/imageformats/*.so Qt/plugins/platforminputcontexts/libibus*.so') >"$place/ldd" 2>&1 || true
    [ -s "$place/ldd" ] || return
    ! grep 'not found' "$place/ldd"
}
expect 0 "no library missing for the parts of Qt in use" no_library_missing

exit "$failed"
