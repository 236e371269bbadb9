import { join } from "node:path";
import { analyseEnergy, type EnergyOfDevice } from "#src/analysis/energy/energy.ts";
import { quantileOf } from "#src/analysis/energy/series.ts";
import { type Bar, type Measure, measured, withoutData } from "../../tools/bars.ts";
import { root } from "../../tools/root.ts";
import { readHouseholds } from "./energy/households.ts";
import { type Errors, rollingOrigin } from "./energy/rolling.ts";
import { buildVilla, type Villa, type VillaDevice } from "./energy/villa.ts";

const LEAST_W = 40;
const LEAST_SWITCHINGS = 10;
const SHOWS_NOTHING_W = 3;
const VILLAS = { full: 28, short: 7 };
const DAYS = 14;

const POWER = {
  bar: "median absolute error of estimated power, devices from 40 W and 10 switchings; not found is 100 %",
  unit: "%",
  limit: 10,
  direction: "max",
} as const;
const INVENTED = {
  bar: "watts said of devices that the meter tells nothing of",
  unit: "devices",
  limit: 0,
  direction: "max",
} as const;
const WORSE = {
  bar: "households forecast worse than by either seasonal-naive (MAE)",
  unit: "households",
  limit: 0,
  direction: "max",
} as const;
const RATIO = {
  bar: "MAE of the forecast, of the better seasonal-naive's, mean of households",
  unit: "%",
  limit: 99,
  direction: "max",
} as const;
const PINBALL = {
  bar: "pinball loss of the forecast, of seasonal-naive's, mean of households",
  unit: "%",
  limit: 99,
  direction: "max",
} as const;

/** Estimated watts in houses where every watt is known, and forecasts of real households. */
const measure: Measure = async ({ dataFolder, short }) => {
  const judged = Array.from({ length: short ? VILLAS.short : VILLAS.full }, (_, seed) =>
    judge(buildVilla(seed, DAYS)),
  ).flat();
  return { bars: [...powerBars(judged), ...forecastBars(dataFolder)] };
};
export default measure;

interface Judged {
  readonly device: VillaDevice;
  readonly found: EnergyOfDevice | undefined;
}

function judge({ seed, intervalMs, days, start, meter, devices }: Villa): Judged[] {
  const report = analyseEnergy({
    ...{ from: start, to: start + days * 86_400_000, timeZone: "UTC", meter },
    devices,
  });
  const judged = devices.map((device) => ({
    device,
    found: report.devices.find(({ entityId }) => entityId === device.entityId),
  }));
  const errors = judged.filter(isEligible).map(errorOf);
  const found = judged.filter(isEligible).filter(({ found: one }) => one?.power?.watts).length;
  console.log(
    `villa ${seed}, meter each ${intervalMs / 1_000} s: ${found} of ${errors.length} devices, ` +
      `median error ${percent(quantileOf(errors, 0.5))}, base load ${report.base?.watts.value ?? "?"} W`,
  );
  for (const one of judged) tell(one);
  return judged;
}

function tell(one: Judged): void {
  const { device, found } = one;
  const said = found?.power?.watts?.value.toFixed(1);
  const truth = `${device.entityId} (${device.trueW.toFixed(1)} W)`;
  if (isInvented(one)) console.log(`  invented: ${truth}: ${said} W`);
  else if (isEligible(one) && said === undefined) {
    console.log(`  not found: ${truth}: ${found?.power?.verdict}, n ${found?.power?.n}`);
  } else if (isEligible(one) && errorOf(one) > 10) console.log(`  off: ${truth}: ${said} W`);
}

const isSilent = ({ trueW, isInseparable }: VillaDevice) =>
  trueW < SHOWS_NOTHING_W || isInseparable === true;
const isInvented = ({ device, found }: Judged) =>
  isSilent(device) && found?.power?.watts !== undefined;
const isEligible = ({ device }: Judged) =>
  !isSilent(device) && device.trueW >= LEAST_W && device.changes.length - 1 >= LEAST_SWITCHINGS;

function errorOf({ device, found }: Judged): number {
  const watts = found?.power?.watts?.value;
  return watts === undefined ? 100 : 100 * Math.abs(watts / device.trueW - 1);
}

function powerBars(judged: readonly Judged[]): Bar[] {
  const eligible = judged.filter(isEligible);
  const errors = eligible.map(errorOf);
  const measuredOnes = eligible.flatMap(({ device, found }) => {
    const watts = found?.power?.watts;
    return watts ? [watts.low <= device.trueW && device.trueW <= watts.high] : [];
  });
  const within = measuredOnes.filter(Boolean).length / measuredOnes.length;
  console.log(
    `${eligible.length} devices with power, ${eligible.length - measuredOnes.length} not found; error: median ` +
      `${percent(quantileOf(errors, 0.5))}, 9 of 10 below ${percent(quantileOf(errors, 0.9))}; ` +
      `the truth lies in ${percent(100 * within)} of the intervals`,
  );
  console.log(`${judged.filter(({ device }) => isSilent(device)).length} devices without evidence`);
  return [
    measured(POWER, quantileOf(errors, 0.5)),
    measured(INVENTED, judged.filter(isInvented).length),
  ];
}

function forecastBars(dataFolder: string | undefined): Bar[] {
  const data = dataFolder ?? process.env.HOMEIQ_DATA_FOLDER ?? join(root, "../shared/data");
  const folder = join(data, "providers/smart-meter-csv-at");
  const households = readHouseholds(folder);
  if (!households) {
    return [WORSE, RATIO, PINBALL].map((bar) => withoutData(bar, `there is no ${folder}`));
  }
  const all = households.flatMap((household) => {
    const errors = rollingOrigin(household);
    if (!errors) console.log(`${household.name}: less than three days and a bit, not forecast`);
    return errors ?? [];
  });
  for (const one of all) console.log(toText(one));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const better = ({ lastWeekMae, lastDayMae }: Errors) =>
    Math.min(...[lastWeekMae, lastDayMae].filter((one) => !Number.isNaN(one)));
  return [
    measured(WORSE, all.filter((one) => one.mae >= better(one)).length),
    measured(RATIO, mean(all.map((one) => (100 * one.mae) / better(one)))),
    measured(PINBALL, mean(all.map((one) => (100 * one.pinball) / one.naivePinball))),
  ];
}

const toText = (one: Errors) =>
  `${one.name}: ${one.days.toFixed(1)} days, ${one.origins} forecasts, ${one.slots} slots; MAE ${watt(one.mae)}, ` +
  `last week ${watt(one.lastWeekMae)}, last day ${watt(one.lastDayMae)}; RMSE ${watt(one.rmse)}, naive ` +
  `${watt(one.naiveRmse)}; pinball ${watt(one.pinball)}, naive ${watt(one.naivePinball)}; ` +
  `${percent(100 * one.coverage)} within the 80 % interval`;

const watt = (kwh: number) => (Number.isNaN(kwh) ? "-" : `${(kwh * 1_000).toFixed(1)} Wh`);
const percent = (value: number) => `${value.toFixed(1)} %`;
