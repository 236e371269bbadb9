import type { Standing } from "#analysis/synergies/synergies.ts";
import {
  type HomeEntity,
  type HomeSnapshot,
  handOver,
  type SnapshotFrame,
} from "#home/snapshot/snapshot.ts";
import type { Files } from "#store/files.ts";
import { startThread } from "#store/thread.ts";
import type { Candidate } from "./candidate.ts";
import type { SuggestionSource } from "./suggestion.ts";

/** A house, and what is said of it. */
export interface LookedAt {
  readonly home: HomeSnapshot;
  readonly standing: Standing;
  /** Names of people by the id of a user, or of their entity. */
  readonly people: ReadonlyMap<string, string>;
  /** Entities that people do not want to see. */
  readonly hidden: ReadonlySet<string>;
  /** What the energy dashboard shows; absent: none is set up, or nobody knows. */
  readonly onDashboard?: ReadonlySet<string>;
  readonly language: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly now: number;
}

export interface Found {
  readonly candidates: readonly Candidate[];
  /** Those that could not be looked at: what they said before still holds. */
  readonly failed: ReadonlySet<SuggestionSource>;
  /** Why, in the order in which it happened. */
  readonly errors: readonly string[];
}

/** What the looking thread answers; all entities come before the question. */
export type LookHandlers = {
  take(entities: readonly HomeEntity[]): void;
  look(house: Omit<LookedAt, "home"> & { readonly home: SnapshotFrame }): Promise<Found>;
};

const HEAP_MB = 192;
const YOUNG_MB = 8;

/** Asks habits, synergies, features and templates what they propose. Throws the signal's reason when it is aborted. */
export async function lookIn(
  files: Files,
  { home, ...rest }: LookedAt,
  signal: AbortSignal,
): Promise<Found> {
  signal.throwIfAborted();
  await using thread = startThread<LookHandlers>({
    ...{ file: "look.worker", beside: import.meta.url, data: files },
    ...{ oldSpaceMb: HEAP_MB, youngSpaceMb: YOUNG_MB },
  });
  const frame = await handOver(home, (some) => thread.ask("take", some));
  const found = await thread.ask("look", { ...rest, home: frame });
  signal.throwIfAborted();
  return found;
}
