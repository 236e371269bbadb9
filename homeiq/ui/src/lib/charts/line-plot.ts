import type { EChartsCoreOption } from "echarts/core";
import type { Point, Scale } from "./scale.ts";

/** One line of a plot, with the band of what lies between its lowest and highest where it is known. */
export interface PlotLine {
  readonly id: string;
  readonly color: string;
  readonly dash: boolean;
  readonly points: readonly Point[];
  /** The value holds until the next one, instead of going there in a straight line. */
  readonly step: boolean;
  readonly low?: readonly Point[];
  readonly high?: readonly Point[];
  /** Behind the others, which are what one looks at. */
  readonly faint?: boolean;
}

interface Look {
  readonly lines: readonly PlotLine[];
  readonly view: { readonly from: number; readonly to: number };
  readonly scale: Scale;
  readonly left: number;
  readonly right: number;
  readonly format: (value: number) => string;
}

/** What ECharts shall draw: lines and bands only, the rest lies around it as plain elements. */
export function linePlotOption({
  lines,
  view,
  scale,
  left,
  right,
  format,
}: Look): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: "inherit" },
    grid: { left, right, top: 8, bottom: 0 },
    xAxis: { type: "value", min: view.from, max: view.to, show: false },
    yAxis: {
      type: "value",
      ...scale,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: "var(--line)" } },
      axisLabel: { color: "var(--text-2)", fontSize: 12, margin: 6, formatter: format },
    },
    series: lines.flatMap((line) => [...bandOf(line), lineOf(line)]),
  };
}

function lineOf({ color, dash, points, step, faint }: PlotLine) {
  return {
    type: "line",
    step: step ? "end" : false,
    showSymbol: points.filter(([, value]) => value !== null).length === 1,
    symbolSize: 6,
    silent: true,
    z: faint ? 1 : 3,
    color,
    lineStyle: { width: 1.75, type: dash ? [5, 3] : "solid", opacity: faint ? 0.35 : 1 },
    data: points,
  };
}

/** Two stacked lines without a stroke: the lower is empty below, the upper is filled down to it. */
function bandOf({ id, color, low, high, step, faint }: PlotLine) {
  if (!low || !high) return [];
  const part = (data: readonly Point[], opacity: number) => ({
    type: "line",
    stack: `band ${id}`,
    stackStrategy: "all",
    step: step ? "end" : false,
    showSymbol: false,
    silent: true,
    z: faint ? 0 : 2,
    color,
    lineStyle: { opacity: 0 },
    areaStyle: { color, opacity },
    data,
  });
  const height = high.map(([at, top], index): Point => {
    const bottom = low[index]?.[1] ?? null;
    return [at, top === null || bottom === null ? null : top - bottom];
  });
  return [part(low, 0), part(height, faint ? 0.1 : 0.2)];
}
