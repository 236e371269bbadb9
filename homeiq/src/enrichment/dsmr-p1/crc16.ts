/**
 * CRC16 as a P1 port computes it (ARC: polynomial x16+x15+x2+1, reflected, starts at 0), over one byte a character.
 *
 * Source: DSMR P1 companion standard 5.0.2, 6.2.
 */
export function crc16(text: string): number {
  let crc = 0;
  for (let index = 0; index < text.length; index++) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
