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

# V8 grows its heap only as far as it must, with a young generation of 4 MB per half instead of 16, and glibc keeps
# two pools of freed memory instead of one per thread: an export of 5 million rows stays 60 MB lower for it. No
# answer that was measured got slower by more than a tenth.
export MALLOC_ARENA_MAX=2
set -- node --optimize-for-size --max-semi-space-size=4 "--max-old-space-size=$heap_mb" /app/dist/main.js

if [ "$(id -u)" -ne 0 ]; then
  exec "$@" # started with another user already, such as docker run --user
fi
if [ -d /data ] && ! chown -R node:node /data; then
  echo "HomeIQ runs as root: /data cannot be handed to another user" >&2
  exec "$@"
fi
export HOME=/home/node
exec setpriv --reuid=node --regid=node --init-groups --inh-caps=-all --no-new-privs -- "$@"
