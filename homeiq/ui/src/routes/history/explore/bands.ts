import type { EntityCourse, HistoryGap, Range } from "#lib/history-shapes.ts";

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
  { states = [], before }: EntityCourse,
  { gaps, from, until }: { gaps: readonly HistoryGap[]; from: number; until: number },
): Band[] {
  const first: (readonly [number, string | null])[] = before ? [[from, before.state]] : [];
  const known = [...first, ...states];
  return known.flatMap(([at, state], index): Band[] => {
    const next = known[index + 1]?.[0] ?? until;
    const gap = gaps.find(
      (one) => one.from < next && (one.to ?? Number.POSITIVE_INFINITY) > at && one.from >= at,
    );
    const end = gap ? Math.min(next, gap.from) : next;
    return state !== null && end > at ? [{ from: at, to: end, state, look: lookOf(state) }] : [];
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

/** A piece of a row of pixels. Where there are more changes than pixels, it tells how much of it was active. */
export interface Piece {
  readonly left: number;
  readonly width: number;
  readonly state: string;
  readonly look: BandLook;
  /** From 0 to 1; absent for a piece that is one state throughout. */
  readonly activeShare?: number;
}

const THINNEST = 1.5;
const COLUMN = 3;

interface Column {
  readonly left: number;
  width: number;
  active: number;
  away: number;
}

/** The bands in pixels. What is thinner than a hair is summed up in narrow columns. */
export function toPieces(bands: readonly Band[], toX: (at: number) => number): Piece[] {
  const pieces: Piece[] = [];
  let column: Column | undefined;
  const close = () => {
    if (column) pieces.push(toPiece(column));
    column = undefined;
  };
  for (const { from, to, state, look } of bands) {
    const left = toX(from);
    const width = toX(to) - left;
    const isApart = column && left - (column.left + column.width) > 0.75;
    if (isApart || (column && column.width >= COLUMN)) close();
    if (width >= THINNEST) {
      close();
      pieces.push({ left, width, state, look });
      continue;
    }
    column ??= { left, width: 0, active: 0, away: 0 };
    column.width = left + width - column.left;
    if (look === "active") column.active += width;
    if (look === "away") column.away += width;
  }
  close();
  return pieces;
}

function toPiece({ left, width, active, away }: Column): Piece {
  const activeShare = Math.min(1, active / Math.max(width, 1e-9));
  const look: BandLook = away > width / 2 ? "away" : "active";
  return { left, width: Math.max(1, width), state: "", look, activeShare };
}
