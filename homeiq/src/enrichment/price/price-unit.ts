const CURRENCIES = new Map([
  ["€", "EUR"],
  ["£", "GBP"],
  ["$", "USD"],
  ["zł", "PLN"],
]);
/** Hundredths of a currency that have a name of their own; `ct`, `cent` and `¢` are of any. */
const HUNDREDTHS = new Map<string, string | undefined>([
  ["ct", undefined],
  ["cent", undefined],
  ["cents", undefined],
  ["c", undefined],
  ["¢", undefined],
  ["öre", "SEK"],
  ["øre", undefined],
  ["p", "GBP"],
  ["pence", "GBP"],
  ["gr", "PLN"],
]);
const PER = /^\s*(\S+?)\s*\/\s*(kwh|mwh)\s*$/i;

export interface PriceUnit {
  /** ISO 4217, where the unit says it. */
  readonly currency?: string;
  /** What a number in this unit is times, to be the main unit per kWh. */
  readonly factor: number;
}

/** `EUR / MWh`, `ct/kWh`, `öre/kWh`; `undefined` for what is not a price of energy. */
export function priceUnitOf(text: string): PriceUnit | undefined {
  const [, money = "", energy = ""] = PER.exec(text) ?? [];
  if (money === "") return undefined;
  const perEnergy = energy.toLowerCase() === "mwh" ? 0.001 : 1;
  const lower = money.toLowerCase();
  const eurocent = /^(eur|€)(ct|cent|cents|¢)$/.exec(lower);
  if (eurocent) return { currency: "EUR", factor: perEnergy / 100 };
  if (HUNDREDTHS.has(lower)) {
    const currency = HUNDREDTHS.get(lower);
    return { factor: perEnergy / 100, ...(currency ? { currency } : {}) };
  }
  const currency = CURRENCIES.get(lower) ?? money.toUpperCase();
  return /^[A-Z]{3}$/.test(currency) ? { currency, factor: perEnergy } : undefined;
}

const DIGITS = 1e10; // a price has six digits; what floats add beyond these is noise

/** A price of a MWh as one of a kWh, or of hundredths as one of the whole, without the noise of floats. */
export function perKwh(price: number, factor: number): number {
  return Math.round(price * factor * DIGITS) / DIGITS;
}
