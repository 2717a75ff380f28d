#!/usr/bin/env bash
# Builds and runs all tests: ./test.sh [--long], where --long searches far more schedules.
#
#   release   g++      unit and stress tests, the protocols, the real window on a virtual display
#   asan      clang++  unit and stress tests, and those of the window's contents, under
#                      AddressSanitizer and UBSan; the golden traces are those of g++: they must
#                      not depend on the compiler
#   tsan      clang++  stress tests under ThreadSanitizer
#
# One ctest runs the tests of all three at the end, so its summary is the last word.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. third_party/packages.sh

case ${1-} in
    "") ;;
    --long) export HOMEROOM_LONG=1 ;;
    *) echo "test.sh: unknown argument '$1'; usage: ./test.sh [--long]" >&2; exit 2 ;;
esac

install_missing "${build_packages[@]}" "${test_packages[@]}"
install_clang_runtime
[ -d build/release ] || install_imgui_if_new_enough

presets=(release asan tsan)
for preset in "${presets[@]}"; do
    echo "== build: $preset"
    cmake --preset "$preset"
    cmake --build --preset "$preset"
done

# clang 14's ThreadSanitizer cannot map its shadow where addresses are randomised by more than 28 bits.
run=()
if [ "$(cat /proc/sys/vm/mmap_rnd_bits 2>/dev/null || echo 0)" -gt 28 ] && setarch -R true 2>/dev/null; then
    run=(setarch -R)
fi

echo "== test: ${presets[*]}"
printf 'subdirs("%s")\n' "${presets[@]}" > build/CTestTestfile.cmake
"${run[@]}" ctest --test-dir build --output-on-failure --no-tests=error --no-label-summary --parallel "$(nproc)"
