#!/usr/bin/env bash
# Draws the pictures of README and guide anew: scripts/screenshots.sh [PROGRAM]
#
# The model world is deterministic, so a picture changes only when the program does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${1:-build/release/homeroom}
if [ -z "${DISPLAY:-}" ]; then
    export LIBGL_ALWAYS_SOFTWARE=1
    exec xvfb-run -a -s "-screen 0 1920x1080x24 +extension GLX" bash "$0" "$program"
fi

# shot FOLDER/NAME FLAGS...
shot() {
    local file=assets/$1.png bytes
    shift
    mkdir -p "$(dirname "$file")"
    "$program" --screenshot "$file" "$@"
    # Fewer colours make a third of the size, and no visible difference in flat pictures.
    if command -v convert >/dev/null; then
        convert "$file" -strip -dither None -colors 255 "PNG8:$file"
    fi
    bytes=$(stat -c %s "$file")
    echo "$file: $((bytes / 1024)) kB"
    [ "$bytes" -lt 300000 ] || { echo "screenshots.sh: $file is larger than 300 kB" >&2; exit 1; }
}

shot screenshots/stealing --lesson stealing --at 60
shot screenshots/stealing-dark --lesson stealing --at 59 --motion 0.5 --theme dark --words field
shot screenshots/lesson --teach the-key --card 2
shot screenshots/charts --lesson lock --at 80 --charts
shot guide/game --lesson stealing --at 40 --press g
shot guide/compare --lesson lock --at 60 --press k,shift+r,end
shot guide/presenter --teach more-students --card 2 --press p
shot guide/student --lesson ping-pong --at 80 --select "student 3"
shot guide/timeline --lesson stealing --at 200 --select "student 7" --press c
