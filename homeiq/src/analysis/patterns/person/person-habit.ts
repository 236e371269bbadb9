import type { Evidence } from "../pattern.ts";

/** What one person does, and the others hardly do. */
export interface Personal extends Evidence {
  readonly kind: "person";
  readonly entityId: string;
  readonly to: string;
  /** A user id. */
  readonly person: string;
  /** Minutes since the day begins at 04:00; absent where it is so all day long. */
  readonly between?: { readonly from: number; readonly until: number };
  /** Of those times of which it is known who did it, how many are this person's. */
  readonly share: number;
  /** This person's share of what else is done at those hours. */
  readonly usualShare: number;
}
