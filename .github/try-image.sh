#!/usr/bin/env bash
# Starts an image of HomeIQ with nothing but an options file: it must become healthy, run as no root, and end with 0.
set -euo pipefail

image=$1
data=$(mktemp -d)
echo '{}' >"$data/options.json"
chmod 600 "$data/options.json"
container=$(docker run --detach --init --volume "$data:/data" "$image")
trap 'docker logs "$container" || true; docker rm --force "$container" >/dev/null' EXIT

status=starting
for _ in $(seq 60); do
  status=$(docker inspect --format '{{.State.Health.Status}}' "$container")
  [ "$status" = healthy ] && break
  sleep 1
done
[ "$status" = healthy ] || { echo "not healthy after 60 s: $status" >&2; exit 1; }

docker top "$container" -o user,args | tee /dev/stderr | grep -v '^root' | grep -q 'node .*main.js' ||
  { echo "Node runs as root" >&2; exit 1; }
[ "$(docker exec "$container" du -sm /app | cut -f1)" -lt 250 ] || { echo "/app is over 250 MB" >&2; exit 1; }

docker stop --timeout 10 "$container" >/dev/null
code=$(docker inspect --format '{{.State.ExitCode}}' "$container")
[ "$code" = 0 ] || { echo "ended with exit code $code" >&2; exit 1; }
echo "healthy, not root, under 250 MB, ended with 0"
