import { toAppError } from "#foundation/errors.ts";
import type { Person } from "./audit.ts";
import type { Changes } from "./changes.ts";
import type { Deployed } from "./deploy.ts";

/** A draft exactly as it was shown. */
export interface ShownDraft {
  readonly id: string;
  readonly hash: string;
}

/** What became of one draft of several. `refused`: what stood there stands there still. */
export type Approved =
  | { readonly id: string; readonly outcome: "done" | "waiting"; readonly deployed: Deployed }
  | {
      readonly id: string;
      readonly outcome: "refused";
      readonly code: string;
      readonly message: string;
    };

/**
 * One yes to several drafts, one after the other: each is deployed as a whole or not at all, with an audit entry
 * of its own, and one that is refused holds up no other.
 */
export async function approveAll(
  { approve }: Pick<Changes, "approve">,
  { shown, by }: { readonly shown: readonly ShownDraft[]; readonly by: Person },
): Promise<readonly Approved[]> {
  const results: Approved[] = [];
  for (const { id, hash } of shown) {
    try {
      const deployed = await approve(id, hash, by);
      results.push({ id, outcome: deployed.state, deployed });
    } catch (error) {
      const { code, message } = toAppError(error);
      results.push({ id, outcome: "refused", code, message });
    }
  }
  return results;
}
