#!/usr/bin/env bash
# Runs each row in Homeroom and in Go in turn, one process each, and prints medians and their ratio.
#   tests/bench/compare.sh HOMEROOM_BENCH [PROCESSORS [REPETITIONS [NAME...]]]
set -euo pipefail

bench=${1:?usage: compare.sh HOMEROOM_BENCH [PROCESSORS [REPETITIONS [NAME...]]]}
processors=${2:-1}
repetitions=${3:-5}
shift $(($# < 3 ? $# : 3))
here=$(cd "$(dirname "$0")" && pwd)

if ! command -v go >/dev/null; then
    echo "compare.sh: Go is missing; install the package golang-go" >&2
    exit 2
fi
if [ ! -x "$bench" ]; then
    echo "compare.sh: '$bench' is not a program; build the target homeroom_bench" >&2
    exit 2
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
GOCACHE="$scratch/cache" go build -o "$scratch/bench" "$here/go/main.go"

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
    mapfile -t names < <("$bench" --list | awk '$1 != "yield_traced" { print $1 }')
fi

# In turn, so that whatever else the machine does meets both alike.
for ((i = 0; i < repetitions; ++i)); do
    for name in "${names[@]}"; do
        "$bench" --processors "$processors" --repetitions 1 --csv "$name" >>"$scratch/homeroom.csv"
        "$scratch/bench" "$processors" "$name" >>"$scratch/go.csv"
    done
done

# median FILE NAME FIELD: of the values in that field; "bytes=" is taken off.
median() {
    awk -F, -v name="$2" -v field="$3" '$1 == name { sub(/^bytes=/, "", $field); print $field }' "$1" |
        sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

go version | awk '{ print $3, $4 }'
printf '%d processor(s), medians of %d\n%-13s %12s %12s %8s\n' \
    "$processors" "$repetitions" name homeroom_ns go_ns ratio
for name in "${names[@]}"; do
    ours=$(median "$scratch/homeroom.csv" "$name" 4)
    theirs=$(median "$scratch/go.csv" "$name" 4)
    awk -v n="$name" -v a="$ours" -v b="$theirs" \
        'BEGIN { printf "%-13s %12.1f %12.1f %8.2f%s\n", n, a, b, a / b, a > b ? "  slower" : "" }'
    if [ "$name" = parked ]; then
        printf '%-13s %12s %12s\n' "  bytes each" \
            "$(median "$scratch/homeroom.csv" "$name" 5)" "$(median "$scratch/go.csv" "$name" 5)"
    fi
done
