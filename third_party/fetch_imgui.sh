#!/usr/bin/env bash
# Downloads Dear ImGui's pinned source package to a file: fetch_imgui.sh TARBALL SHA256
#
# It uses apt with private state, so neither the system's sources nor its lists are touched, no root
# is needed, and the archive is the one that this machine is already configured with. The SHA256 pin
# is ImGui.cmake's, which also checks what lies in the cache at each configuration.
set -euo pipefail
tarball=${1:?usage: fetch_imgui.sh TARBALL SHA256}
sha256=${2:?usage: fetch_imgui.sh TARBALL SHA256}
version=1.90.1+ds-1
suite=trixie
file=imgui_1.90.1+ds.orig.tar.xz

fail() { echo "Dear ImGui: $1" >&2; exit 1; }

command -v apt-get >/dev/null || fail "no apt-get here, so no source package"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -f "$keyring" ] || fail "no Debian keyring, so no source package (install debian-archive-keyring)"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/download"
chmod 755 "$work"
chmod 777 "$work/download"  # apt downloads as its own user when run by root
cat > "$work/apt.conf" <<END
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::Lists "$work/lists";
Dir::Cache::archives "$work/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Acquire::Languages "none";
Acquire::Retries "3";
END
export APT_CONFIG=$work/apt.conf

# Both notations of apt's sources; not every archive named there is Debian's.
archives() {
    {
        awk '/^URIs:/ { print $2 }' /etc/apt/sources.list.d/*.sources 2>/dev/null || true
        sed -nE 's/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+)[[:space:]].*/\2/p' \
            /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || true
    } | awk '!seen[$0]++'
}

download_from() {
    echo "deb-src [signed-by=$keyring] $1 $suite main" > "$work/sources.list"
    apt-get -qq update && cd "$work/download" &&
        apt-get -qq source --download-only "imgui=$version" && [ -f "$file" ]
}

# An index may list for a while what the pool no longer has, or not yet: so a second round.
for round in 1 2; do
    for archive in $(archives); do
        if (download_from "$archive"); then break 2; fi
    done
    sleep "$round"
done
cd "$work/download"
[ -f "$file" ] || fail "the source package imgui $version could not be downloaded"
echo "$sha256  $file" | sha256sum --check --quiet - || fail "the download is not the pinned file"
# A rename within one folder: another configuration running now sees the whole file or none.
mkdir -p "$(dirname "$tarball")"
cp "$file" "$tarball.$$"
mv "$tarball.$$" "$tarball"
