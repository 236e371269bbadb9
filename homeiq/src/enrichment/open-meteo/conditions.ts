/**
 * Codes of the WMO (table 4677, as far as Open-Meteo uses them) in Home Assistant's words.
 *
 * Source: https://open-meteo.com/en/docs, "WMO Weather interpretation codes".
 */
const CONDITIONS: Readonly<Record<number, string>> = {
  0: "sunny",
  1: "sunny",
  2: "partlycloudy",
  3: "cloudy",
  45: "fog",
  48: "fog",
  51: "rainy",
  53: "rainy",
  55: "rainy",
  56: "snowy-rainy",
  57: "snowy-rainy",
  61: "rainy",
  63: "rainy",
  65: "pouring",
  66: "snowy-rainy",
  67: "snowy-rainy",
  71: "snowy",
  73: "snowy",
  75: "snowy",
  77: "snowy",
  80: "rainy",
  81: "rainy",
  82: "pouring",
  85: "snowy",
  86: "snowy",
  95: "lightning-rainy",
  96: "hail",
  99: "hail",
};

export const conditionOf = (code: number | undefined) =>
  code === undefined ? undefined : CONDITIONS[code];
