/** What is to happen at a moment, earliest first; what was set first goes first. */
export interface Timers {
  /** Infinity when nothing is set. */
  readonly nextAt: number;
  /** Answers how to cancel it. */
  set(at: number, act: () => void): () => void;
  /** Takes the earliest. */
  take(): () => void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
  isCancelled: boolean;
}

/** A binary heap. */
export function createTimers(): Timers {
  const heap: Timer[] = [];
  let order = 0;

  const isBefore = (one: Timer, other: Timer) =>
    one.at < other.at || (one.at === other.at && one.order < other.order);

  function up(from: number): void {
    let n = from;
    const timer = heap[n] as Timer;
    while (n > 0) {
      const above = (n - 1) >> 1;
      if (!isBefore(timer, heap[above] as Timer)) break;
      heap[n] = heap[above] as Timer;
      n = above;
    }
    heap[n] = timer;
  }

  function down(): void {
    const timer = heap[0] as Timer;
    let n = 0;
    for (;;) {
      let below = n * 2 + 1;
      if (below >= heap.length) break;
      const other = below + 1;
      if (other < heap.length && isBefore(heap[other] as Timer, heap[below] as Timer)) {
        below = other;
      }
      if (!isBefore(heap[below] as Timer, timer)) break;
      heap[n] = heap[below] as Timer;
      n = below;
    }
    heap[n] = timer;
  }

  function drop(): Timer {
    const first = heap[0] as Timer;
    const last = heap.pop() as Timer;
    if (heap.length > 0) {
      heap[0] = last;
      down();
    }
    return first;
  }

  return {
    get nextAt() {
      while (heap[0]?.isCancelled) drop();
      return heap[0]?.at ?? Number.POSITIVE_INFINITY;
    },
    set(at, act) {
      order += 1;
      const timer = { at, order, act, isCancelled: false };
      heap.push(timer);
      up(heap.length - 1);
      return () => {
        timer.isCancelled = true;
      };
    },
    take: () => drop().act,
  };
}
