import { money, number } from "#lib/format.ts";
import { t } from "#lib/i18n/translate.ts";
import type { Synergy } from "#lib/synergy-api.ts";

type Benefit = Synergy["benefits"][number];
const KG_GRAMS = 1_000;

/** What it would bring, with its range and what it is worked out from. */
export function benefitText({ kind, perWeek, days }: Benefit, currency: string): string {
  const said = (value: number) => {
    if (kind === "cost") return money(value, currency);
    return number(kind === "co2_grams" ? value / KG_GRAMS : value, 1);
  };
  const { value, low, high } = perWeek;
  return t(`synergies.benefit.${kind}`, {
    value: said(value),
    low: said(low),
    high: said(high),
    n: days,
  });
}
