#!/usr/bin/env bash
# Puts real InfluxDB servers into a folder for the tests beside this script; nothing of the machine is changed or started.
# InfluxDB 1.6 and VictoriaMetrics are Debian's own packages, unpacked. InfluxDB 1.8.10 (what Home Assistant's
# community app runs) and 2.7 are built from their Go modules where a Go, and for 2.7 a Rust, is installed; without
# them the tests of these versions are skipped. HOMEIQ_INFLUXDB_CACHE is the folder that everything goes to.
set -euo pipefail

cache=${HOMEIQ_INFLUXDB_CACHE:-$HOME/.cache/homeiq-influxdb}
build=$cache/build
version_1=1.8.10
version_2=2.7.12

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# unpack PACKAGE FILE: a package of Debian, and the one file of it that is needed
unpack() {
  local package=$1 file=$2
  if [ -x "$cache/debian/$file" ]; then return; fi
  apt-cache show "$package" >/dev/null 2>&1 || as_root apt-get update -q
  mkdir -p "$build/$package" "$cache/debian"
  (cd "$build/$package" && apt-get download -q "$package" && dpkg-deb -x ./*.deb "$cache/debian")
}

# Its own x/sys does not link with a Go of today, so that one is newer.
build_1() {
  if [ -x "$cache/influxd-$version_1" ]; then return; fi
  rm -rf "$build/1" && mkdir -p "$build/1" && cd "$build/1"
  printf 'module homeiq.test/influxdb\n\ngo 1.18\n' >go.mod
  printf 'package main\n\nimport _ "github.com/influxdata/influxdb/cmd/influxd/run"\n' >main.go
  go get "github.com/influxdata/influxdb@v$version_1" golang.org/x/sys@v0.15.0
  go mod tidy -e
  go build -mod=mod -ldflags "-X main.version=$version_1" -o "$cache/influxd-$version_1" \
    github.com/influxdata/influxdb/cmd/influxd
}

# Flux is written in Rust; a newer compiler than its own finds fault with its style, and is told not to mind.
build_2() {
  if [ -x "$cache/influxd-$version_2" ]; then return; fi
  rm -rf "$build/2" && mkdir -p "$build/2" && cd "$build/2"
  printf 'module homeiq.test/influxdb\n\ngo 1.22\n' >go.mod
  go mod edit -require "github.com/influxdata/influxdb/v2@v$version_2" \
    -replace github.com/nats-io/nats-streaming-server@v0.11.2=github.com/influxdata/nats-streaming-server@v0.11.3-0.20201112040610-c277f7560803
  local package
  echo 'package main' >main.go
  for package in launcher recovery upgrade inspect; do
    echo "import _ \"github.com/influxdata/influxdb/v2/cmd/influxd/$package\"" >>main.go
  done
  printf '#!/bin/sh\nexec "$@" --cap-lints=warn\n' >rustc && chmod +x rustc
  go mod tidy -e
  GOBIN=$build/2 go install github.com/influxdata/pkg-config@v0.2.13
  RUSTUP_TOOLCHAIN=${RUSTUP_TOOLCHAIN:-stable} RUSTC_WRAPPER=$build/2/rustc PKG_CONFIG=$build/2/pkg-config \
    go build -mod=mod -tags sqlite_foreign_keys,sqlite_json -ldflags "-X main.version=$version_2" \
    -o "$cache/influxd-$version_2" github.com/influxdata/influxdb/v2/cmd/influxd
}

# optional NAME COMMAND: a version that not every machine can build; its tests are skipped then
optional() {
  local name=$1 log
  shift
  log=$(mktemp)
  if (set -e; "$@") >"$log" 2>&1; then
    echo "InfluxDB $name is there"
  else
    echo "InfluxDB $name cannot be built here, its tests are skipped: $(tail -n 1 "$log")"
  fi
  rm -f "$log"
}

mkdir -p "$cache"
unpack influxdb usr/bin/influxd
unpack victoria-metrics usr/bin/victoria-metrics
if command -v go >/dev/null; then
  optional "$version_1" build_1
  if command -v cargo >/dev/null; then optional "$version_2" build_2; fi
else
  echo "no Go is installed: InfluxDB $version_1 and $version_2 are left out"
fi
rm -rf "$build"
echo "$("$cache/debian/usr/bin/influxd" version) is in $cache"
