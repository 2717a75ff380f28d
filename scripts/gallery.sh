#!/usr/bin/env bash
# Draws a picture of every lesson, every lesson with questions and every mode:
# scripts/gallery.sh [PROGRAM [FOLDER]], where FOLDER is build/gallery at first.
#
# Needs no display: without one it opens a virtual one for all pictures together.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${1:-build/release/homeroom}
out=${2:-build/gallery}

if [ -z "${DISPLAY:-}" ]; then
    export LIBGL_ALWAYS_SOFTWARE=1
    exec xvfb-run -a -s "-screen 0 1920x1080x24 +extension GLX" bash "$0" "$program" "$out"
fi
mkdir -p "$out"
pictures=0

shot() {
    local name=$1
    shift
    "$program" --screenshot "$out/$name.png" "$@"
    pictures=$((pictures + 1))
}

# Lessons come first in the list, those with questions after an empty line and a heading.
listed=$("$program" --lessons)
while read -r name _; do
    [ -n "$name" ] || break
    shot "lesson-$name" --lesson "$name" --at 40
done <<<"$listed"
while read -r name _; do
    shot "questions-$name" --teach "$name"
    shot "questions-$name-answered" --teach "$name" --card 2 --revealed
done < <(sed '1,/^With questions/d' <<<"$listed")

moment=(--lesson stealing --at 60)
shot mode-light "${moment[@]}"
shot mode-dark "${moment[@]}" --theme dark
shot mode-field "${moment[@]}" --words field
shot mode-projector "${moment[@]}" --size 1024x640 --scale 1.5
pocket=(--size 1024x640 --scale 2.5)
shot mode-pocket "${moment[@]}" "${pocket[@]}"
shot mode-pocket-why "${moment[@]}" "${pocket[@]}" --press tab,tab
shot mode-pocket-timeline "${moment[@]}" "${pocket[@]}" --press tab,tab,tab,tab
shot mode-pocket-lesson --teach who-is-next "${pocket[@]}"
shot mode-large "${moment[@]}" --size 1920x1080
shot mode-charts "${moment[@]}" --charts
shot mode-selected "${moment[@]}" --select "student 7"
shot mode-head-teacher "${moment[@]}" --teachers 1 --policy mlfq --quantum 1ms
shot mode-classes --class mpg:stealing --class threads:spawn-join --class one-table:yield --at 80
shot mode-presenter --teach more-students --card 2 --press p
shot mode-presenter-dark --teach more-students --card 2 --press p,t --size 1920x1080
shot mode-compare --lesson lock --at 60 --press k,shift+r,end
shot mode-differences --lesson lock --at 60 --press k,shift+r,end,shift+k
shot mode-sweep --lesson lock --press x
shot mode-game --lesson stealing --at 40 --press g
shot mode-keys "${moment[@]}" --press "?"
shot mode-finder "${moment[@]}" --press "ctrl+k"
shot mode-exports "${moment[@]}" --press "ctrl+e"
shot mode-moments "${moment[@]}" --press u
shot mode-costs "${moment[@]}" --prices
shot mode-race --lesson two-pens --until race
shot mode-deadlock --lesson two-locks --press end
shot mode-native --world native --lesson stealing --full-speed --accounts --press end
shot mode-natives --world native --classes 3 --full-speed --press end
"$program" --screenshot "$out/mode-school.svg" --only scene "${moment[@]}"
"$program" --screenshot "$out/mode-timeline.svg" --only timeline "${moment[@]}"
"$program" --film "$out/film-stealing.gif" --lesson stealing --at 50 --to 62
"$program" --teach who-is-next --hand-out "$out/hand-out-who-is-next.html"
shot mode-crowd --lesson stealing --students 10000 --at 20000
# Where there is no Chinese font the program says so; that is no failure of the gallery.
if "$program" --headless --language zh >/dev/null 2>&1; then
    shot mode-chinese "${moment[@]}" --language zh
    shot mode-chinese-keys "${moment[@]}" --language zh --press "?"
    shot mode-chinese-lesson --teach who-is-next --card 2 --language zh
fi
echo "homeroom: $pictures pictures are in $out" >&2
