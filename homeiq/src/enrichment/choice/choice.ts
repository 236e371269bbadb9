import type { OutsideTopic, Provider } from "#enrichment/provider.ts";

/** A source that could be used for a topic. */
export interface Vendor {
  readonly topic: OutsideTopic;
  readonly name: string;
  /** Asks nobody outside of the house. */
  readonly isLocal: boolean;
  /** Taken when the user leaves the choice to us: set up, or the usual one of this place. */
  readonly isFitting: boolean;
  create(): Provider<unknown>;
}

/** By topic: a name, `off`, or `auto`, which is as good as nothing. */
export type Wishes = Readonly<Partial<Record<OutsideTopic, string | undefined>>>;

/**
 * One provider for each topic: the one that the user named, or the first that fits.
 *
 * A topic that is off, or that nothing fits, is absent.
 */
export function choose(
  vendors: readonly Vendor[],
  { wishes, isOutsideAllowed }: { readonly wishes: Wishes; readonly isOutsideAllowed: boolean },
): ReadonlyMap<OutsideTopic, string> {
  const chosen = new Map<OutsideTopic, string>();
  for (const { topic, name, isLocal, isFitting } of vendors) {
    const wish = wishes[topic] ?? "auto";
    const isWanted = wish === "auto" ? isFitting && !chosen.has(topic) : wish === name;
    if (isWanted && (isLocal || isOutsideAllowed)) chosen.set(topic, name);
  }
  return chosen;
}
