#!/usr/bin/env bash
# Verifies the protocols with spin, and that each step which can be left out is needed: verify.sh
# Exits with 77 (skipped) where spin or a C compiler is missing. About half a minute and 600 MB.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
for tool in spin cc; do
    command -v "$tool" >/dev/null || { echo "skipped: install $tool"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# explore FILE DEFINE...: all states of the model. Prints the verifier's last words into out.txt.
explore() {
    local file=$1
    shift
    rm -f ./*.trail pan*
    spin "$@" -a "$here/$file" >spin.txt || { cat spin.txt; exit 1; }
    cc "$optimise" -w -DSAFETY -DCOLLAPSE -DMEMLIM=900 -o pan pan.c
    ./pan -m100000 >out.txt
    # Neither too little depth nor too little memory may pass for a proof.
    if grep -qE "max search depth too small|out of memory|memory limit" out.txt; then
        cat out.txt
        exit 1
    fi
}

holds() {
    optimise=-O1
    explore "$@"
    if ! grep -q "errors: 0" out.txt; then
        echo "FAILED: $*"
        cat out.txt
        spin "${@:2}" -t -p -k "$1.trail" "$here/$1" | tail -n 200
        exit 1
    fi
    echo "holds: $* ($(awk '/states, stored/ { print $1 }' out.txt) states)"
}

breaks() {
    optimise=-O0
    explore "$@"
    grep -q "assertion violated" out.txt || { echo "FAILED: nothing breaks with $*"; exit 1; }
    echo "breaks, as it must: $*"
}

holds idle.pml
holds idle.pml -DSPAWNS=1 -DYIELDS=2
for left_out in NO_S2 NO_G2 NO_G3 NO_W3 LATE_UNCOUNT; do breaks idle.pml -D$left_out; done

holds calls.pml
holds calls.pml -DNP=1 -DSPAWNS=2
for left_out in NO_RETAKING NO_LAST_LOOK NO_NEW_HOLDER NO_HAND_OFF NO_GLOBAL_LOOK NO_MONITOR_WAKE; do
    breaks calls.pml -DNP=1 -D$left_out
done
