/** The text of a file in UTF-8, UTF-16 of either order, with or without a mark, or what Windows wrote before. */
export function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodeAs("utf-16le", bytes);
  if (first === 0xfe && second === 0xff) return decodeAs("utf-16be", bytes);
  const nulls = countNulls(bytes.subarray(0, 400));
  if (nulls.odd > 40) return decodeAs("utf-16le", bytes);
  if (nulls.even > 40) return decodeAs("utf-16be", bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return decodeAs("windows-1252", bytes); // each byte is a letter there, so this never fails
  }
}

const decodeAs = (encoding: string, bytes: Uint8Array) => new TextDecoder(encoding).decode(bytes);

/** Letters of western languages have a zero in one half of UTF-16. */
function countNulls(bytes: Uint8Array): { odd: number; even: number } {
  const counts = { odd: 0, even: 0 };
  for (const [index, byte] of bytes.entries()) {
    if (byte === 0) counts[index % 2 === 1 ? "odd" : "even"] += 1;
  }
  return counts;
}
