#!/usr/bin/env bash
# Draws the pictures of README into assets/screenshots/: scripts/screenshots.sh [PROGRAM]
#
# The model world is deterministic, so a picture changes only when the program does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${1:-build/release/homeroom}
out=assets/screenshots
mkdir -p "$out"
export LIBGL_ALWAYS_SOFTWARE=1

shot() {
    local name=$1
    shift
    if [ -n "${DISPLAY:-}" ]; then
        "$program" --screenshot "$out/$name.png" "$@"
    else
        xvfb-run -a -s "-screen 0 1920x1080x24 +extension GLX" "$program" --screenshot "$out/$name.png" "$@"
    fi
    # Fewer colours make a third of the size, and no visible difference in flat pictures.
    if command -v convert >/dev/null; then
        convert "$out/$name.png" -strip -dither None -colors 255 "PNG8:$out/$name.png"
    fi
    local bytes
    bytes=$(stat -c %s "$out/$name.png")
    echo "$out/$name.png: $((bytes / 1024)) kB"
    [ "$bytes" -lt 300000 ] || { echo "screenshots.sh: $name.png is larger than 300 kB" >&2; exit 1; }
}

shot stealing --lesson stealing --at 60
shot stealing-dark --lesson stealing --at 59 --motion 0.5 --theme dark --words field
shot lesson --teach the-key --card 2
shot charts --lesson lock --at 80 --charts
