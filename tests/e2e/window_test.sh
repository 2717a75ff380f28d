#!/usr/bin/env bash
# The real window on a (virtual) display: keys and clicks arrive, pictures appear, and closing it leaves no
# process behind. window_test.sh PROGRAM [DRAG_FILE], a program that drags a file onto a window
set -euo pipefail
program=${1:?usage: window_test.sh PROGRAM [DRAG_FILE]}
drag_file=${2:-}
program=$(readlink -f "$program")
work=$(mktemp -d)
export XDG_STATE_HOME=$work/state
pid=
cleanup() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

fail() {
    echo "FAILED: $1" >&2
    echo "the last states of the window:" >&2
    grep '^state' "$work/log" | tail -n 5 >&2 || true
    exit 1
}

open_window() {
    : > "$work/log"
    (cd "$work" && exec "$program" --report-state "$@") > "$work/log" 2>&1 &
    pid=$!
    wait_for 'position=0 ' 300
    window=$(xdotool search --sync --pid "$pid" --name '^Homeroom' | head -n 1)
    xdotool windowfocus "$window" 2>/dev/null || true
}

# wait_for PATTERN [TENTHS]: until the newest state line has it.
wait_for() {
    local i
    for ((i = 0; i < ${2:-100}; i++)); do
        if grep '^state' "$work/log" | tail -n 1 | grep -q "$1"; then return 0; fi
        kill -0 "$pid" 2>/dev/null || fail "the window is gone while waiting for $1: $(tail -n 1 "$work/log")"
        sleep 0.1
    done
    fail "the window never came to: $1"
}

click() {
    local at
    at=$(sed -n "s/^control $1 //p" "$work/log" | tail -n 1)
    [ -n "$at" ] || fail "there is no control $1"
    # shellcheck disable=SC2086  # two numbers
    xdotool mousemove --window "$window" $at
    sleep 0.3
    xdotool mousedown 1
    sleep 0.15
    xdotool mouseup 1
}

# wait_for_control NAME: until it has been seen.
wait_for_control() {
    local i
    for ((i = 0; i < 100; i++)); do
        if grep -q "^control $1 " "$work/log"; then return 0; fi
        sleep 0.1
    done
    fail "there is no control $1"
}

# With ctrl. As slowly as a hand does it: ImGui would see a chord that is over within one picture without its
# modifier.
chord() {
    xdotool keydown ctrl
    sleep 0.1
    xdotool keydown "$1"
    sleep 0.1
    xdotool keyup "$1" keyup ctrl
}

# wait_for_file NAME: until it is there and grows no more.
wait_for_file() {
    local i size=-1 now
    for ((i = 0; i < 200; i++)); do
        now=$(stat -c %s "$work/$1" 2>/dev/null || echo -1)
        if [ "$now" -gt 0 ] && [ "$now" = "$size" ]; then return 0; fi
        size=$now
        sleep 0.2
    done
    fail "the window never wrote $1"
}

# export_as TEXT: chooses the first export whose name has it.
export_as() {
    chord e
    sleep 0.5
    xdotool type --delay 80 "$1"
    sleep 0.3
    xdotool key Return
}

close_window() {
    chord q  # without a window manager there is no cross to click
    local i
    for ((i = 0; i < 100; i++)); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    ! kill -0 "$pid" 2>/dev/null || fail "the window did not close"
    wait "$pid" || fail "the window closed with exit code $?"
    pid=
}

echo "== model world: keys and clicks"
open_window --lesson stealing --seed 3
[ "$(xdotool getwindowname "$window")" = "Homeroom — stealing — seed 3" ] || fail "the title is wrong"
wait_for 'playing=0'
xdotool key Right
wait_for 'position=1 '
click transport.forward
wait_for 'position=2 '
xdotool key Left
wait_for 'position=1 '
xdotool key space
wait_for 'playing=1'
xdotool key space
wait_for 'playing=0'
xdotool key End
wait_for 'over=1 '
click words.field
wait_for 'words=field'
xdotool key t
wait_for 'theme=dark'
xdotool key question
wait_for 'help=1'
xdotool key Escape
wait_for 'help=0'
if command -v import >/dev/null; then
    import -window "$window" "$work/window.png"
    colours=$(identify -format '%k' "$work/window.png")
    [ "$colours" -gt 200 ] || fail "the window shows only $colours colours"
fi

echo "== keeping: files, the way back, exports"
last=$(grep '^state' "$work/log" | tail -n 1 | sed 's/.* position=\([0-9]*\) .*/\1/')
xdotool key Home
wait_for 'position=0 '
chord z
wait_for "position=$last "
chord y
wait_for 'position=0 '
chord s
wait_for_file homeroom-stealing-3.homeroom
grep -q '^run stealing .*seed=3' "$work/homeroom-stealing-3.homeroom" || fail "the file has another run"
export_as 'school'
wait_for_file homeroom-stealing-3.school.svg
grep -q '>P0<\|>clipboard 0<\|</text>' "$work/homeroom-stealing-3.school.svg" || fail "the SVG has no text"
export_as 'gif'
wait_for 'filming=1'
xdotool key Escape
wait_for 'filming=0'
[ ! -e "$work/homeroom-stealing-3.gif" ] || fail "a film that was stopped is there"
export_as 'gif'
wait_for 'filming=1'
xdotool key Home
wait_for 'position=0 .*filming=1'
# The window goes on meanwhile, and may be told to stop.
wait_for 'filming=0' 600
[ "$(tail -c 1 "$work/homeroom-stealing-3.gif")" = ';' ] || fail "the film has no end"
[ "$(head -c 6 "$work/homeroom-stealing-3.gif")" = GIF89a ] || fail "the film is no GIF"
xdotool key R
wait_for 'seed=[0-9]* .*position=0 '
chord o
sleep 0.5
xdotool key Return
wait_for 'seed=3 '
if [ -n "$drag_file" ]; then
    xdotool key End
    wait_for 'position=[1-9]'
    "$drag_file" "$window" "$work/homeroom-stealing-3.homeroom" || fail "the window takes no file"
    wait_for 'seed=3 .*position=0 '
fi
close_window

echo "== without flags it goes on where it was closed"
open_window
wait_for 'lesson=stealing seed=3 '
close_window

echo "== the largest type in the smallest window: one thing at a time"
open_window --lesson stealing --seed 3 --words school --size 1024x640 --scale 2.5
click transport.forward
wait_for 'position=1 '
click menu
wait_for_control words.field
click words.field
wait_for 'words=field'
click help
wait_for 'help=1'
click help.close
wait_for 'help=0'
click card
wait_for_control tab.timeline
click tab.timeline
wait_for_control strip.lanes
click card.close
click transport.forward
wait_for 'position=2 '
close_window

echo "== native world: the class ends with the window"
open_window --world native --lesson never-stops --pace 5000
click transport.play
wait_for 'position=[1-9]' 200
child=$(pgrep -P "$pid" | head -n 1)
[ -n "$child" ] || fail "the class is no process of its own"
kill -SEGV "$child"
wait_for 'playing=0 .*crashed=1' 400  # what is known is played to its end first
click notice.button
wait_for 'crashed=0' 100
child=$(pgrep -P "$pid" | head -n 1)
[ -n "$child" ] || fail "the class was not started again"
close_window
for ((i = 0; i < 50; i++)); do
    kill -0 "$child" 2>/dev/null || break
    sleep 0.1
done
! kill -0 "$child" 2>/dev/null || fail "the class outlived its window"

echo "== a class whose window is killed ends too"
open_window --world native --lesson never-stops --pace 5000
click transport.play
wait_for 'position=[1-9]' 200
child=$(pgrep -P "$pid" | head -n 1)
kill -KILL "$pid"
wait "$pid" 2>/dev/null || true
pid=
for ((i = 0; i < 50; i++)); do
    kill -0 "$child" 2>/dev/null || break
    sleep 0.1
done
! kill -0 "$child" 2>/dev/null || fail "the class outlived its window's process"

echo "== pictures without a window"
"$program" --screenshot "$work/shot.png" --at 60 --size 1024x640
[ "$(head -c 4 "$work/shot.png" | tail -c 3)" = PNG ] || fail "no PNG was written"
if command -v identify >/dev/null; then
    [ "$(identify -format '%wx%h' "$work/shot.png")" = 1024x640 ] || fail "the picture has the wrong size"
fi

echo "== no display: one line, exit code 2"
code=0
env -u DISPLAY -u WAYLAND_DISPLAY "$program" > "$work/out" 2> "$work/err" || code=$?
[ "$code" = 2 ] || fail "exit code $code without a display"
[ "$(wc -l < "$work/err")" = 1 ] || fail "not one line: $(cat "$work/err")"
env -u DISPLAY -u WAYLAND_DISPLAY "$program" --headless > "$work/out"
grep -q makespan "$work/out" || fail "--headless needs a display"
echo "all is well"
