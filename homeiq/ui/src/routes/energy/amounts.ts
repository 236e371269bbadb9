import type { EnergyOfDevice, Estimate } from "#lib/energy-api.ts";
import { inWatts, money, number, unit } from "#lib/format.ts";
import { t } from "#lib/i18n/translate.ts";

export const watts = (value: number) => inWatts(roundWatts(value));
/** Nobody can tell 1,953 from 1,950 W. */
const roundWatts = (value: number) =>
  Math.abs(value) >= 100 ? Math.round(value / 5) * 5 : Math.round(value);
export const kwh = (value: number) => `${number(value, digitsOf(value))} kWh`;
const digitsOf = (value: number) => {
  if (Math.abs(value) >= 100) return 0;
  return Math.abs(value) < 10 ? 2 : 1;
};
/** Of a share of 0 to 1. */
export const percent = (share: number) => unit(share * 100, "percent", 0);
export const between = ({ low, high }: Estimate) =>
  t("energy.between", { low: number(roundWatts(low), 0), high: watts(high) });
export const carbon = (grams: number) =>
  grams >= 1000
    ? `${number(grams / 1000, 1)} kg CO₂`
    : t("energy.gramsOf", { value: number(grams, 0) });

/** An amount in the currency of the prices; without one there is no price either. */
export const cost = (value: number | undefined, currency: string | undefined) =>
  value === undefined || currency === undefined ? undefined : money(value, currency);

/** What is known of a device's power, and from what. */
export function powerText(
  { power, own }: EnergyOfDevice,
  nameOf: (entityId: string) => string,
): string {
  if (power?.watts && power.verdict === "measured") {
    return `${t("energy.power.measured", { range: between(power.watts), n: power.n })}${ownText(own)}`;
  }
  if (own) return t("energy.power.own", { value: watts(own.watts), n: own.n });
  if (!power) return t("energy.power.none");
  const together = power.together?.entityIds.map(nameOf).join(", ") ?? "";
  if (power.verdict === "not_separable" && together !== "") {
    const sum = power.together?.watts;
    return sum
      ? t("energy.power.togetherWatts", { names: together, value: watts(sum.value) })
      : t("energy.power.together", { names: together });
  }
  if (power.verdict === "no_effect" && power.lessThanW !== undefined) {
    return t("energy.power.lessThan", { value: watts(power.lessThanW), n: power.n });
  }
  return t(`energy.power.${power.verdict}`, { n: power.n });
}

function ownText(own: EnergyOfDevice["own"]): string {
  return own ? ` ${t("energy.power.ownToo", { value: watts(own.watts) })}` : "";
}
