# Which packages Homeroom needs, and how the missing ones are installed. run.sh and test.sh source it.
# shellcheck shell=bash disable=SC2034  # the lists are for those who source this file

# doctest is among them because one configuration serves run.sh and test.sh.
build_packages=(g++ cmake ninja-build pkg-config libglfw3-dev libgl-dev libgl1-mesa-dri libstb-dev
    libgif-dev doctest-dev librsvg2-dev python3-glad fonts-inter fonts-dejavu-core
    fonts-wqy-microhei)
virtual_display_packages=(xvfb xauth)
test_packages=(clang spin xdotool libx11-dev imagemagick "${virtual_display_packages[@]}")

# install_missing PACKAGE... : asks dpkg once; touches nothing, and needs no root, when all are there.
install_missing() {
    # Elsewhere than on Debian and its kin, CMake names what it does not find.
    command -v dpkg-query >/dev/null || return 0
    local installed missing=() package attempt sudo=()
    installed=" $(dpkg-query -W -f='${Package}:${db:Status-Status} ' "$@" 2>/dev/null || true)"
    for package in "$@"; do
        [[ $installed == *" $package:installed "* ]] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "homeroom: missing packages; as root, run: apt-get install ${missing[*]}" >&2
            return 1
        fi
        sudo=(sudo)
    fi
    echo "homeroom: installing ${missing[*]}" >&2
    for attempt in 1 2 3; do
        # One stale source must not stop us, so the update may fail.
        "${sudo[@]}" apt-get -qq update >&2 || true
        if "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
            --no-install-recommends -o DPkg::Lock::Timeout=120 "${missing[@]}" >&2; then
            return 0
        fi
        sleep $((attempt * 2))
    done
    echo "homeroom: could not install ${missing[*]}" >&2
    return 1
}

# Installs the system's Dear ImGui where it is new enough; elsewhere ImGui.cmake finds another way.
install_imgui_if_new_enough() {
    command -v apt-cache >/dev/null || return 0
    local candidate
    candidate=$(apt-cache policy libimgui-dev | awk '/Candidate:/ { print $2 }')
    if [ -n "$candidate" ] && dpkg --compare-versions "$candidate" ge 1.90; then
        install_missing libimgui-dev || true
    fi
}

# The sanitizers' runtime library has a package of its own for each version of clang.
install_clang_runtime() {
    command -v apt-cache >/dev/null || return 0
    local package
    package=libclang-rt-$(clang -dumpversion | cut -d. -f1)-dev
    if apt-cache show "$package" >/dev/null 2>&1; then install_missing "$package"; fi
}
