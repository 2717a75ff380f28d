#!/usr/bin/env bash
# Builds what changed and opens the school: ./run.sh [ARGS], where ARGS go to the program (--help).
#
# Without a display it draws pictures of every lesson and mode into build/gallery instead; with ARGS,
# one picture of what they ask for. What the build says goes to
# stderr, so that the output of --headless and --steps can be piped.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$root/build/release
. "$root/third_party/packages.sh"

install_missing "${build_packages[@]}"
if [ ! -f "$build/build.ninja" ]; then
    install_imgui_if_new_enough
    (cd "$root" && cmake --preset release) >&2
fi
cmake --build "$build" --target homeroom >&2

windowless=no screenshot=no lesson=no at=no
for argument in "$@"; do
    case $argument in
        --headless | --help | -h | --lessons | --steps | --version) windowless=yes ;;
        kernel | measure | compare | sweep | quiz) windowless=yes ;;
        --explore | --explore=* | --explore-seed | --explore-seed=*) windowless=yes ;;
        --screenshot=*.svg | --hand-out | --hand-out=* | --export | --export=* | --transcript | --transcript=*) windowless=yes ;;
        --screenshot | --screenshot=* | --film | --film=*) screenshot=yes ;;
        --lesson | --lesson=* | --run | --run=*) lesson=yes ;;
        --at | --at=*) at=yes ;;
    esac
done
if [ $windowless = yes ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$build/homeroom" "$@"
fi

install_missing "${virtual_display_packages[@]}"
export LIBGL_ALWAYS_SOFTWARE=1
on_virtual_display=(xvfb-run -a -s "-screen 0 1920x1080x24 +extension GLX")
if [ $screenshot = yes ]; then
    exec "${on_virtual_display[@]}" "$build/homeroom" "$@"
fi
if [ $# = 0 ]; then
    echo "homeroom: there is no display here (DISPLAY is not set), so it draws pictures of every lesson and mode" >&2
    exec bash "$root/scripts/gallery.sh" "$build/homeroom" "$root/build/gallery"
fi
picture=$root/build/demonstration.png
demonstration=(--screenshot "$picture")
[ $lesson = yes ] || demonstration+=(--lesson stealing)
[ $at = yes ] || demonstration+=(--at 60)
echo "homeroom: there is no display here (DISPLAY is not set), so it draws one picture instead of opening a window" >&2
"${on_virtual_display[@]}" "$build/homeroom" "$@" "${demonstration[@]}"
echo "homeroom: the picture is $picture" >&2
