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
set -eu

suite=${1:-bookworm}
results=${2:-}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
place=${TMPDIR:-/tmp}/try_bare/$suite
base=$place/base
bare=$place/run
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
inside() { # inside USER FOLDER COMMAND...
    user=$1 folder=$2
    shift 2
    home=/root
    [ "$user" = root ] || home=/home/$user
    chroot --userspec="$user:$user" "$bare" /usr/bin/env -i HOME="$home" PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        sh -c 'cd "$1" && shift && exec "$@"' sh "$folder" "$@"
}

failed=0
expect() { # expect CODE TITLE COMMAND...
    wanted=$1 title=$2
    shift 2
    step "$title"
    code=0
    started=$(date +%s.%N)
    "$@" || code=$?
    took=$(printf '%s %s\n' "$(date +%s.%N)" "$started" | awk '{ printf "%.1f", $1 - $2 }')
    if [ "$code" = "$wanted" ]; then
        printf -- '---- as expected: exit code %s after %s s\n' "$code" "$took"
    else
        printf -- '---- FAILED: exit code %s instead of %s after %s s\n' "$code" "$wanted" "$took"
        failed=1
    fi
}

step "what is there: Python and nothing else"
inside root / sh -c 'python3 --version; for t in pip uv git sudo fc-list; do command -v $t || echo "no $t"; done'

expect 3 "clerk without sudo: ./run demo" inside clerk /home/clerk/ledger ./run demo /home/clerk/demo
expect 2 "clerk without a display: ./run" inside clerk /home/clerk/ledger ./run
expect 0 "root: ./run demo, first time" inside root /srv/ledger ./run demo /tmp/demo
expect 0 "root: ./run demo, second time" inside root /srv/ledger ./run demo /tmp/demo-again
expect 0 "root: ./run test" inside root /srv/ledger ./run test -q
expect 0 "clerk, libraries there: ./run demo" inside clerk /home/clerk/ledger ./run demo /home/clerk/demo

step "what the demo made"
(cd "$bare/tmp/demo" && find . -type f -exec ls -l {} +) || failed=1
if [ -n "$results" ]; then
    mkdir -p "$results"
    cp -r "$bare/tmp/demo" "$results/"
fi

step "libraries that no file of Qt in the environment can do without and that are missing"
inside root /srv/ledger sh -c 'find .venv -name "*.so*" | xargs ldd 2>/dev/null | grep "not found" | sort | uniq -c | sort -rn' || true

exit "$failed"
