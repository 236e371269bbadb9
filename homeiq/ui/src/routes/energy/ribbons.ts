/** One end of a flow: what gives to the house, or what takes. */
export interface FlowPart {
  readonly id: string;
  readonly name: string;
  /** Above zero, in the flow's unit. */
  readonly value: number;
  readonly color: string;
  readonly href?: string;
}

export interface Flow {
  readonly sources: readonly FlowPart[];
  readonly uses: readonly FlowPart[];
  /** What the house itself takes. */
  readonly house: number;
}

interface Question {
  readonly flow: Flow;
  readonly width: number;
  /** Heights of the lines of text on the left and on the right; those not measured yet are absent. */
  readonly given: readonly (number | undefined)[];
  readonly taken: readonly (number | undefined)[];
}

interface Band {
  readonly id: string;
  readonly path: string;
  readonly color: string;
  readonly isFaint: boolean;
}

interface End {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly color: string;
}

const HOUSE_HEIGHT = 168;
const HOUSE_WIDTH = 10;
const LINE = 52;
const END = 4;
const THINNEST = 1.5;

const sumOf = (parts: readonly FlowPart[]) => parts.reduce((sum, { value }) => sum + value, 0);

/** Ribbons from the sources to the house and on to its uses, each as thick as its share. */
export function layOut({ flow: { sources, uses }, width, given, taken }: Question) {
  const most = Math.max(sumOf(sources), sumOf(uses)) || 1;
  const thickness = ({ value }: FlowPart) => Math.max(THINNEST, (value / most) * HOUSE_HEIGHT);
  const left = middlesOf(sources, given);
  const right = middlesOf(uses, taken);
  const height = Math.max(left.height, right.height, HOUSE_HEIGHT + 32);
  const house = {
    x: Math.round(width * 0.42),
    y: (height - HOUSE_HEIGHT) / 2,
    width: HOUSE_WIDTH,
    height: HOUSE_HEIGHT,
  };
  const side = (parts: readonly FlowPart[], middles: readonly number[], isLeft: boolean) => {
    const shift = (height - (isLeft ? left : right).height) / 2;
    let at = house.y;
    return parts.map((part, index): { band: Band; end: End } => {
      const thick = thickness(part);
      const y = shift + (middles[index] ?? 0) - thick / 2;
      const [far, near] = isLeft ? [END, house.x] : [width - END, house.x + HOUSE_WIDTH];
      const band = {
        ...{
          id: `${isLeft} ${part.id}`,
          color: part.color,
          isFaint: part.color === "var(--text-2)",
        },
        path: bandPath({ x: far, y }, { x: near, y: at }, thick),
      };
      at += (part.value / most) * HOUSE_HEIGHT;
      const x = isLeft ? 0 : width - END;
      return { band, end: { id: band.id, x, y, height: thick, color: part.color } };
    });
  };
  const all = [...side(sources, left.middles, true), ...side(uses, right.middles, false)];
  return {
    ...{ thickness, height, house },
    bands: all.map(({ band }) => band),
    ends: all.map(({ end }) => end),
  };
}

function middlesOf(parts: readonly FlowPart[], heights: readonly (number | undefined)[]) {
  let height = 0;
  const middles = parts.map((_, index) => {
    const own = heights[index] || LINE;
    height += own;
    return height - own / 2;
  });
  return { middles, height };
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Between two upright edges of the same height, leaving and arriving level. */
function bandPath(from: Corner, to: Corner, thick: number): string {
  const middle = (from.x + to.x) / 2;
  return [
    `M${from.x} ${from.y}`,
    `C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`,
    `v${thick}`,
    `C${middle} ${to.y + thick} ${middle} ${from.y + thick} ${from.x} ${from.y + thick}Z`,
  ].join("");
}
