const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ULID_BYTES = 16;

/**
 * A context id as Home Assistant writes it: 16 bytes become a ULID of 26 letters, the first of which holds
 * three bits. Source: https://github.com/ulid/spec
 */
export function toUlid(bytes: Uint8Array | null): string | undefined {
  if (bytes?.length !== ULID_BYTES) return undefined;
  let text = "";
  let bits = 0;
  let held = 2; // 128 bits fill 26 letters of five with two to spare; those come first
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += CROCKFORD[(bits >> held) & 31];
    }
    bits &= (1 << held) - 1;
  }
  return text;
}

/** A user's id: 16 bytes as 32 hexadecimal digits. */
export const toHex = (bytes: Uint8Array | null): string | undefined =>
  bytes?.length === ULID_BYTES ? Buffer.from(bytes).toString("hex") : undefined;
