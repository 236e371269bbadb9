#!/bin/sh
# Starts HomeIQ as the user "node". The Supervisor makes /data, and writes options.json into it before each
# start, as root and readable by root alone: so this begins as root, hands /data over, and gives root up.
# Every step is an exec: Docker's init (PID 1) passes SIGTERM straight to Node.
set -eu

# An eighth of the machine's memory for JavaScript, 192 to 512 MB: the Supervisor sets no limit, and Home
# Assistant itself must not run short on a board with 2 GB.
heap_mb=256
while read -r key value _; do
  if [ "$key" = "MemTotal:" ]; then
    heap_mb=$((value / 1024 / 8))
    break
  fi
done </proc/meminfo
[ "$heap_mb" -ge 192 ] || heap_mb=192
[ "$heap_mb" -le 512 ] || heap_mb=512

# A young generation of 2 MB per half instead of 16: 26 MB less, and at 6,000 changes a second the loop is late by 9 ms
# instead of 6 (99 of 100 times). glibc keeps two pools of freed memory instead of one per thread, and gives blocks above
# 16 KB back at once: 14 MB less. (--optimize-for-size would save 20 MB more of an export, and halve the speed of exports
# and sealing.)
export MALLOC_ARENA_MAX=2
export MALLOC_MMAP_THRESHOLD_=16384
export MALLOC_TRIM_THRESHOLD_=16384
# Without the baseline compiler: in Node 24 the garbage collector can crash over what it leaves
# (https://github.com/nodejs/node/issues/62393).
# With the collector at hand: after a night's look, memory goes back at once instead of minutes later.
set -- node --no-sparkplug --expose-gc --max-semi-space-size=2 "--max-old-space-size=$heap_mb" /app/dist/main.js

if [ "$(id -u)" -ne 0 ]; then
  exec "$@" # started with another user already, such as docker run --user
fi
if [ -d /data ] && ! chown -R node:node /data; then
  echo "HomeIQ runs as root: /data cannot be handed to another user" >&2
  exec "$@"
fi
export HOME=/home/node
exec setpriv --reuid=node --regid=node --init-groups --inh-caps=-all --no-new-privs -- "$@"
