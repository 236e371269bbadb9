import type { EntityHistory, HistoryGap, Range } from "#lib/history-api.ts";

const REST = new Set([
  "off",
  "closed",
  "not_home",
  "idle",
  "locked",
  "below_horizon",
  "standby",
  "paused",
  "disarmed",
  "docked",
]);
const AWAY = new Set(["unavailable", "unknown"]);

export type BandLook = "active" | "rest" | "away";

export interface Band extends Range {
  readonly state: string;
  readonly look: BandLook;
}

const lookOf = (state: string): BandLook => {
  if (AWAY.has(state)) return "away";
  return REST.has(state) ? "rest" : "active";
};

/** One band per time in a state, cut where nothing was recorded. */
export function toBands(
  { states = [], before }: EntityHistory,
  { gaps, from, until }: { gaps: readonly HistoryGap[]; from: number; until: number },
): Band[] {
  const first: (readonly [number, string])[] = before ? [[from, before.state]] : [];
  const known = [...first, ...states];
  return known.flatMap(([at, state], index): Band[] => {
    const next = known[index + 1]?.[0] ?? until;
    const gap = gaps.find(
      (one) => one.from < next && (one.to ?? Number.POSITIVE_INFINITY) > at && one.from >= at,
    );
    const end = gap ? Math.min(next, gap.from) : next;
    return end > at ? [{ from: at, to: end, state, look: lookOf(state) }] : [];
  });
}

export interface TimeInState {
  readonly state: string;
  readonly ms: number;
  readonly times: number;
  readonly look: BandLook;
}

/** How long and how often each state was in force while one looks, longest first. */
export function timeInStates(bands: readonly Band[], { from, to }: Range): TimeInState[] {
  const found = new Map<string, TimeInState>();
  for (const band of bands) {
    const ms = Math.min(band.to, to) - Math.max(band.from, from);
    if (ms <= 0) continue;
    const known = found.get(band.state);
    found.set(band.state, {
      state: band.state,
      look: band.look,
      ms: (known?.ms ?? 0) + ms,
      times: (known?.times ?? 0) + 1,
    });
  }
  return [...found.values()].sort((one, other) => other.ms - one.ms);
}

export function stateAt(bands: readonly Band[], at: number): Band | undefined {
  return bands.find(({ from, to }) => at >= from && at < to);
}

/** A piece of a row of pixels; `isMixed` when it stands for more changes than there are pixels. */
export interface Piece {
  readonly left: number;
  readonly width: number;
  readonly state: string;
  readonly look: BandLook;
  readonly isMixed: boolean;
}

const THINNEST = 1.5;

/** The bands in pixels. What is thinner than a hair is drawn together, and looks it. */
export function toPieces(bands: readonly Band[], toX: (at: number) => number): Piece[] {
  const pieces: Piece[] = [];
  for (const { from, to, state, look } of bands) {
    const left = toX(from);
    const right = toX(to);
    const last = pieces.at(-1);
    const touches = last !== undefined && left - (last.left + last.width) < 0.75;
    if (right - left >= THINNEST || !touches || !last) {
      pieces.push({ left, width: Math.max(1, right - left), state, look, isMixed: false });
      continue;
    }
    if (last.isMixed || last.width < THINNEST * 2) {
      const isActive = last.look === "active" || look === "active";
      pieces[pieces.length - 1] = {
        ...last,
        width: right - last.left,
        look: isActive ? "active" : look,
        isMixed: true,
      };
    } else pieces.push({ left, width: right - left, state, look, isMixed: true });
  }
  return pieces;
}
