import type { Report } from "#lib/energy-api.ts";
import { t } from "#lib/i18n/translate.ts";
import { entityHref } from "#lib/links.ts";
import type { MeterFacts } from "#lib/surroundings-api.ts";
import type { Flow, FlowPart } from "./ribbons.ts";

/** In kilowatt hours, of whole days. */
export interface EnergyFlow extends Flow {
  readonly days: readonly string[];
  /** Of what the house took, by the devices and standby that are known: 0 to 1. */
  readonly explained: number;
  /** The devices' estimates are together more than the meter has counted. */
  readonly isOver: boolean;
}

const GRID = "var(--series-1)";
const SUN = "var(--series-7)";
const BATTERY = "var(--series-3)";
const DEVICES = [2, 5, 6, 4, 8].map((n) => `var(--series-${n})`);
const FAINT = "var(--text-2)";
const LEAST_KWH = 0.005;
const LEAST_WATTS = 0.5;

/** Absent until the meter has measured a day whole. */
export function energyFlow(
  { flow, devices, base }: Report,
  nameOf: (entityId: string) => string,
): EnergyFlow | undefined {
  if (!flow) return undefined;
  const { days, hours, importKwh, exportKwh, solarKwh, batteryOutKwh = 0, batteryInKwh = 0 } = flow;
  // What is given without a known source comes from panels that nobody measures.
  const ownKwh = solarKwh === undefined && batteryOutKwh === 0 ? exportKwh : 0;
  const given = importKwh + (solarKwh ?? 0) + batteryOutKwh + ownKwh;
  const house = Math.max(0, given - exportKwh - batteryInKwh);
  const used = devices
    .flatMap(({ entityId, spent }) => {
      const parts = spent?.byDay.filter(({ day }) => days.includes(day)) ?? [];
      const kwh = parts.reduce((sum, part) => sum + part.kwh.value, 0);
      return kwh > LEAST_KWH ? [{ entityId, kwh }] : [];
    })
    .toSorted((one, other) => other.kwh - one.kwh);
  const known = used.reduce((sum, { kwh }) => sum + kwh, 0);
  const ofBase = (watts = 0) => (watts * hours) / 1000;
  const standby = Math.min(ofBase(base?.explainedW), Math.max(0, house - known));
  const left = Math.max(0, house - known - standby);
  const always = Math.min(ofBase(base?.unexplainedW), left);
  return {
    days,
    house,
    explained: house > 0 ? Math.min(1, (known + standby) / house) : 0,
    isOver: known > house * 1.02,
    sources: present(LEAST_KWH, [
      { id: "grid", name: t("energy.flow.grid"), value: importKwh, color: GRID },
      { id: "solar", name: t("energy.flow.solar"), value: solarKwh ?? 0, color: SUN },
      { id: "own", name: t("energy.flow.own"), value: ownKwh, color: SUN },
      { id: "battery", name: t("energy.flow.battery"), value: batteryOutKwh, color: BATTERY },
    ]),
    uses: present(LEAST_KWH, [
      ...used.slice(0, DEVICES.length).map(({ entityId, kwh }, index) => ({
        ...{ id: entityId, name: nameOf(entityId), value: kwh, color: DEVICES[index] ?? FAINT },
        href: entityHref(entityId),
      })),
      othersOf(used.slice(DEVICES.length)),
      { id: "standby", name: t("energy.flow.standby"), value: standby, color: FAINT },
      { id: "base", name: t("energy.flow.base"), value: always, color: FAINT },
      { id: "rest", name: t("energy.flow.rest"), value: left - always, color: FAINT },
      { id: "charge", name: t("energy.flow.charge"), value: batteryInKwh, color: BATTERY },
      { id: "export", name: t("energy.flow.export"), value: exportKwh, color: GRID },
    ]),
  };
}

const othersOf = (others: readonly { readonly kwh: number }[]): FlowPart => ({
  id: "others",
  name: t("energy.flow.others", { n: others.length }),
  value: others.reduce((sum, { kwh }) => sum + kwh, 0),
  color: FAINT,
});

/** In watts, of this moment. Absent when the meter shows no power. */
export function powerFlow({
  powerW,
  solarPowerW,
  batteryPowerW = 0,
}: MeterFacts): Flow | undefined {
  if (powerW === undefined) return undefined;
  const own = solarPowerW === undefined && batteryPowerW <= 0 ? Math.max(0, -powerW) : 0;
  const house = Math.max(0, powerW + (solarPowerW ?? own) + batteryPowerW);
  return {
    house,
    sources: present(LEAST_WATTS, [
      { id: "grid", name: t("energy.flow.grid"), value: powerW, color: GRID },
      { id: "solar", name: t("energy.flow.solar"), value: solarPowerW ?? 0, color: SUN },
      { id: "own", name: t("energy.flow.own"), value: own, color: SUN },
      { id: "battery", name: t("energy.flow.battery"), value: batteryPowerW, color: BATTERY },
    ]),
    uses: present(LEAST_WATTS, [
      { id: "house", name: t("energy.flow.house"), value: house, color: DEVICES[1] ?? FAINT },
      { id: "charge", name: t("energy.flow.charge"), value: -batteryPowerW, color: BATTERY },
      { id: "export", name: t("energy.flow.export"), value: -powerW, color: GRID },
    ]),
  };
}

const present = (least: number, parts: readonly FlowPart[]) =>
  parts.filter(({ value }) => value >= least);
