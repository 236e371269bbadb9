/** One thing that will happen. */
export interface Alarm {
  cancel(): void;
}

interface Entry {
  at: number;
  order: number;
  run: (() => void) | undefined;
}

/** The household's time. It moves only when it is advanced; then everything due happens in order. */
export interface SimulatedClock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  at(at: number, run: () => void): Alarm;
  after(ms: number, run: () => void): Alarm;
  advanceTo(at: number): void;
}

export function createSimulatedClock(startAt: number): SimulatedClock {
  let now = startAt;
  let order = 0;
  let advancing = false;
  const heap: Entry[] = [];

  const before = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function push(entry: Entry) {
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || !before(entry, parent)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = entry;
  }

  function pop(): Entry | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = heap[childIndex];
      if (child === undefined) break;
      const right = heap[childIndex + 1];
      if (right !== undefined && before(right, child)) {
        child = right;
        childIndex += 1;
      }
      if (!before(child, last)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
    return first;
  }

  const at = (when: number, run: () => void): Alarm => {
    const entry: Entry = { at: Math.max(when, now), order: order++, run };
    push(entry);
    return {
      cancel() {
        entry.run = undefined;
      },
    };
  };

  return {
    now: () => now,
    at,
    after: (ms, run) => at(now + ms, run),
    advanceTo(target) {
      if (advancing) return; // something that happens may not move the time it happens in
      advancing = true;
      try {
        for (;;) {
          const first = heap[0];
          if (first === undefined || first.at > target) break;
          pop();
          now = Math.max(now, first.at);
          first.run?.();
        }
        now = Math.max(now, target);
      } finally {
        advancing = false;
      }
    },
  };
}
