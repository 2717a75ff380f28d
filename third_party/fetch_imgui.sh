#!/usr/bin/env bash
# Downloads Dear ImGui's pinned source package to the file TARBALL: fetch_imgui.sh TARBALL
#
# It uses apt with private state, so neither the system's sources nor its lists are touched, no root
# is needed, and the archive's address is the one this machine is already configured with. The SHA256
# pin makes a mirror's word unnecessary; ImGui.cmake checks it once more at each configuration.
set -euo pipefail
tarball=${1:?usage: fetch_imgui.sh TARBALL}
version=1.90.1+ds-1
suite=trixie
file=imgui_1.90.1+ds.orig.tar.xz
sha256=ecce377df0f90b292f15dcbd83d438bddc162b2388c881132bde18c787572a1c

fail() { echo "Dear ImGui: $1" >&2; exit 1; }

command -v apt-get >/dev/null || fail "no apt-get here, so no source package"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -f "$keyring" ] || fail "no Debian keyring, so no source package (install debian-archive-keyring)"
uri=$(awk '/^URIs:/ { print $2; exit }' /etc/apt/sources.list.d/*.sources 2>/dev/null || true)
[ -n "$uri" ] || uri=$(sed -nE 's/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+)[[:space:]].*/\2/p' \
    /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | head -n 1 || true)
[ -n "$uri" ] || fail "apt's configuration names no archive"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/download"
chmod 755 "$work"
chmod 777 "$work/download"  # apt downloads as its own user when run by root
echo "deb-src [signed-by=$keyring] $uri $suite main" > "$work/sources.list"
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

download() {
    apt-get -qq update && cd "$work/download" && apt-get -qq source --download-only "imgui=$version"
}
for attempt in 1 2 3; do
    if (download); then break; fi
    [ "$attempt" -lt 3 ] || fail "the source package imgui $version could not be downloaded"
    sleep "$attempt"
done
echo "$sha256  $work/download/$file" | sha256sum --check --quiet - || fail "the download is not the pinned file"
mkdir -p "$(dirname "$tarball")"
# A rename within one folder: another configuration running now sees the whole file or none.
cp "$work/download/$file" "$tarball.$$"
mv "$tarball.$$" "$tarball"
