/**
 * Bidding zones by the names that people use, with their energy identification codes.
 * Source: https://www.entsoe.eu/data/energy-identification-codes-eic, as entsoe-py names them.
 */
export const ENTSO_E_AREAS = {
  AT: "10YAT-APG------L",
  BE: "10YBE----------2",
  BG: "10YCA-BULGARIA-R",
  CH: "10YCH-SWISSGRIDZ",
  CZ: "10YCZ-CEPS-----N",
  DE: "10Y1001A1001A82H",
  DE_LU: "10Y1001A1001A82H",
  DK1: "10YDK-1--------W",
  DK2: "10YDK-2--------M",
  EE: "10Y1001A1001A39I",
  ES: "10YES-REE------0",
  FI: "10YFI-1--------U",
  FR: "10YFR-RTE------C",
  GR: "10YGR-HTSO-----Y",
  HR: "10YHR-HEP------M",
  HU: "10YHU-MAVIR----U",
  IT_NORD: "10Y1001A1001A73I",
  LT: "10YLT-1001A0008Q",
  LU: "10Y1001A1001A82H",
  LV: "10YLV-1001A00074",
  NL: "10YNL----------L",
  NO1: "10YNO-1--------2",
  NO2: "10YNO-2--------T",
  NO3: "10YNO-3--------J",
  NO4: "10YNO-4--------9",
  NO5: "10Y1001A1001A48H",
  PL: "10YPL-AREA-----S",
  PT: "10YPT-REN------W",
  RO: "10YRO-TEL------P",
  SE1: "10Y1001A1001A44P",
  SE2: "10Y1001A1001A45N",
  SE3: "10Y1001A1001A46L",
  SE4: "10Y1001A1001A47J",
  SI: "10YSI-ELES-----O",
  SK: "10YSK-SEPS-----K",
} as const satisfies Record<string, string>;

/** A zone's code from its name, or the code itself; `undefined` when it is neither. */
export function findEntsoEArea(area: string): string | undefined {
  const name = area.toUpperCase().replaceAll("-", "_");
  const known: Readonly<Record<string, string>> = ENTSO_E_AREAS;
  return known[name] ?? (/^10Y[A-Z0-9-]{12}[A-Z0-9]$/.test(area) ? area : undefined);
}
