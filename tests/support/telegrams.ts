/** CRC16/ARC by a table, so that it is not the same code as what it tests. */
const TABLE = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value % 2 === 1 ? (value >>> 1) ^ 0xa001 : value >>> 1;
  return value;
});

const checksum = (text: string) =>
  [...Buffer.from(text, "latin1")]
    .reduce((crc, byte) => (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0), 0)
    .toString(16)
    .toUpperCase()
    .padStart(4, "0");

/** A telegram with its checksum. */
export function telegram(lines: readonly string[], header = "/XMX5LGBBFG1009325446"): string {
  const text = [header, "", ...lines, "!"].join("\r\n");
  return `${text}${checksum(text)}\r\n`;
}

export const DUTCH = [
  "1-3:0.2.8(50)",
  "0-0:1.0.0(260714203012S)",
  "1-0:1.8.1(004321.125*kWh)",
  "1-0:1.8.2(003000.250*kWh)",
  "1-0:2.8.1(000100.000*kWh)",
  "1-0:2.8.2(000200.500*kWh)",
  "0-0:96.14.0(0002)",
  "1-0:1.7.0(00.000*kW)",
  "1-0:2.7.0(01.193*kW)",
  "1-0:99.97.0(1)(0-0:96.7.19)(260104180320W)(0000237126*s)",
  "1-0:32.7.0(231.0*V)",
  "1-0:52.7.0(230.4*V)",
  "1-0:72.7.0(229.8*V)",
  "1-0:21.7.0(00.500*kW)",
  "1-0:41.7.0(00.000*kW)",
  "1-0:61.7.0(00.000*kW)",
  "1-0:22.7.0(00.000*kW)",
  "1-0:42.7.0(00.000*kW)",
  "1-0:62.7.0(01.693*kW)",
  "0-1:24.1.0(003)",
  "0-1:24.2.1(260714200000S)(00981.443*m3)",
];
