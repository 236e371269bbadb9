#!/usr/bin/env bash
# Installs the newest Home Assistant from PyPI for the tests of this folder; nothing is done when it is there already.
# Where no Python of the version that Home Assistant needs is installed, one comes in a folder of Debian forky.
# HOMEIQ_HA_CACHE is the folder that everything goes to, HOMEIQ_HA_VERSION another release than the newest.
set -euo pipefail

cache=${HOMEIQ_HA_CACHE:-$HOME/.cache/homeiq-home-assistant}
root=$cache/root # a small Debian
suite=forky
packages=python3,python3-venv,python3-dev,g++,ca-certificates # a compiler: some of what the demo needs has no wheel
mirror=http://deb.debian.org/debian

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

inside() {
  as_root chroot "$root" /usr/bin/env -i HOME=/root PATH=/opt/ha/bin:/usr/bin:/bin:/usr/sbin:/sbin \
    VIRTUAL_ENV=/opt/ha SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt "$@"
}

install_debian() {
  if [ "$(cat "$root/.packages" 2>/dev/null)" = "$packages" ]; then return; fi
  if ! command -v debootstrap >/dev/null; then
    as_root apt-get update -q
    as_root apt-get install -y -q --no-install-recommends debootstrap
  fi
  as_root rm -rf "$root"
  mkdir -p "$root"
  # An older debootstrap has no script for a release younger than itself; the one of sid fits all.
  as_root debootstrap --variant=minbase --include="$packages" \
    "$suite" "$root" "$mirror" /usr/share/debootstrap/scripts/sid
  echo "$packages" | as_root tee "$root/.packages" >/dev/null
}

# A network may have a certificate of its own between this machine and PyPI.
trust_as_this_machine_does() {
  if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
    as_root cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  fi
  as_root cp -L /etc/resolv.conf "$root/etc/resolv.conf" || true
}

install_home_assistant() {
  local wanted=homeassistant${HOMEIQ_HA_VERSION:+==$HOMEIQ_HA_VERSION}
  if [ -e "$root/opt/ha/.installed" ] && [ "$(cat "$root/opt/ha/.installed")" = "$wanted" ]; then return; fi
  inside python3 -m venv --clear /opt/ha
  inside pip install --quiet --disable-pip-version-check uv
  inside uv pip install --quiet "$wanted"
  echo "$wanted" | as_root tee "$root/opt/ha/.installed" >/dev/null
}

start_it_once() {
  local done=$root/opt/ha/.started project
  if [ -e "$done" ]; then return; fi # it goes with the installation
  project=$(cd "$(dirname "$0")/../.." && pwd)
  if [ ! -x "$project/node_modules/.bin/node" ]; then
    echo "Run npm ci first: the first start of Home Assistant is watched by the tests' own code." >&2
    return 1
  fi
  "$project/node_modules/.bin/node" "$project/tests/real-home-assistant/first-start.ts"
  as_root touch "$done"
}

install_debian
trust_as_this_machine_does
install_home_assistant
as_root install -d -m 1777 "$root/homes"
start_it_once
echo "Home Assistant $(inside hass --version) is in $root"
