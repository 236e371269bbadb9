/** The first id of each range, in order, in Home Assistant's words. */
const CONDITIONS: readonly (readonly [number, string])[] = [
  [200, "lightning-rainy"],
  [210, "lightning"],
  [230, "lightning-rainy"],
  [300, "rainy"],
  [502, "pouring"],
  [511, "snowy-rainy"],
  [520, "rainy"],
  [522, "pouring"],
  [531, "rainy"],
  [600, "snowy"],
  [611, "snowy-rainy"],
  [620, "snowy"],
  [701, "fog"],
  [711, "exceptional"],
  [721, "fog"],
  [731, "exceptional"],
  [741, "fog"],
  [751, "exceptional"],
  [800, "sunny"],
  [801, "partlycloudy"],
  [803, "cloudy"],
];

const LAST = 804;

/** Source: https://openweathermap.org/weather-conditions. */
export const conditionOf = (id: number | undefined) =>
  id === undefined || id > LAST ? undefined : CONDITIONS.findLast(([first]) => first <= id)?.[1];
