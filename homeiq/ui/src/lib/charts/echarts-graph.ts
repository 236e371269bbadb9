// ECharts with what a network needs and no other chart does; loaded when a network is shown.
import { GraphChart } from "echarts/charts";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([GraphChart, SVGRenderer]);

export { init };
