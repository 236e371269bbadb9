const RADIANS = Math.PI / 180;

/** Where the sun stands. Degrees; azimuth 0 north, 90 east. */
export interface SunPosition {
  readonly elevation: number;
  readonly azimuth: number;
}

/**
 * The sun's position from the day of the year and the hour.
 *
 * Declination by Cooper's formula, no equation of time: a few minutes off, good enough for a house.
 */
export function sunPosition(ms: number, place: { latitude: number; longitude: number }) {
  const date = new Date(ms);
  const dayOfYear = (ms - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000 + 1;
  const declination = 23.45 * Math.sin(RADIANS * (360 / 365) * (284 + dayOfYear)) * RADIANS;
  const solarHour = (ms / 3_600_000 + place.longitude / 15) % 24;
  const hourAngle = (solarHour - 12) * 15 * RADIANS;
  const latitude = place.latitude * RADIANS;
  const sine =
    Math.sin(latitude) * Math.sin(declination) +
    Math.cos(latitude) * Math.cos(declination) * Math.cos(hourAngle);
  const elevation = Math.asin(sine);
  const azimuth = Math.atan2(
    -Math.sin(hourAngle),
    Math.tan(declination) * Math.cos(latitude) - Math.sin(latitude) * Math.cos(hourAngle),
  );
  return { elevation: elevation / RADIANS, azimuth: (azimuth / RADIANS + 360) % 360 };
}

/** The next moment after `ms` at which the sun crosses the horizon in the given direction. */
export function nextSunCrossing(
  ms: number,
  options: { latitude: number; longitude: number; rising: boolean },
): number {
  const STEP_MS = 600_000;
  const HORIZON = -0.833; // refraction and the sun's radius
  const up = (at: number) => sunPosition(at, options).elevation > HORIZON;
  for (let at = ms; at < ms + 2 * 86_400_000; at += STEP_MS) {
    if (up(at) === options.rising || up(at + STEP_MS) !== options.rising) continue;
    let low = at;
    let high = at + STEP_MS;
    while (high - low > 1000) {
      const middle = (low + high) / 2;
      if (up(middle) === options.rising) high = middle;
      else low = middle;
    }
    return Math.round(high);
  }
  return ms + 86_400_000;
}
