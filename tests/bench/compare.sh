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
echo "$processors processor(s), medians of $repetitions; ns by the clock, and of CPU time"
printf '%-13s %10s %10s %7s   %10s %10s %7s\n' name homeroom go ratio homeroom go ratio
for name in "${names[@]}"; do
    awk -v name="$name" -v a="$(median "$scratch/homeroom.csv" "$name" 4)" \
        -v b="$(median "$scratch/go.csv" "$name" 4)" \
        -v c="$(median "$scratch/homeroom.csv" "$name" 5)" \
        -v d="$(median "$scratch/go.csv" "$name" 5)" 'BEGIN {
            printf "%-13s %10.1f %10.1f %7.2f   %10.1f %10.1f %7.2f%s\n",
                name, a, b, a / b, c, d, c / d, (a > b && c > d) ? "  slower" : "" }'
    if [ "$name" = parked ]; then
        printf '%-13s %10s %10s\n' "  bytes each" \
            "$(median "$scratch/homeroom.csv" "$name" 6)" "$(median "$scratch/go.csv" "$name" 6)"
    fi
done
