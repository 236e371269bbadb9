import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Candidate } from "./candidates.ts";
import { isInTemplate, isKnownByName } from "./known.ts";
import type { Place, PlaceKind } from "./places.ts";
import { likeness, wordsOf } from "./similarity.ts";

const MIN_SCORE = 0.45;
const PERSONAL = new Set(["notify", "script"]);

interface Named {
  readonly id: string;
  readonly name: string;
  readonly texts: readonly string[];
}

/** Whether the house has no such area, floor, label, device or action. Events may be anything. */
export function isDead(place: Place, home: HomeSnapshot): boolean {
  const { kind, id } = place;
  if (isInTemplate(place) && isKnownByName(place, home)) return false;
  const known = listOf(kind, home);
  return (
    known !== undefined && known.size > 0 && !known.has(kind === "action" ? id.toLowerCase() : id)
  );
}

function listOf(kind: PlaceKind, home: HomeSnapshot): ReadonlyMap<string, unknown> | undefined {
  const lists: Partial<Record<PlaceKind, ReadonlyMap<string, unknown>>> = {
    area: home.areas,
    floor: home.floors,
    label: home.labels,
    device: home.devices,
    action: home.actions,
  };
  return lists[kind];
}

/** What is called alike, best first; actions only of the same domain, as notifiers and scripts that were renamed. */
export function otherCandidates(
  { id, kind }: { id: string; kind: PlaceKind },
  home: HomeSnapshot,
): Candidate[] {
  const [domain = "", object = ""] = id.split(".");
  const wanted = wordsOf(kind === "action" ? object : id);
  const scored = namedOf(kind, { home, domain }).flatMap(({ id: other, name, texts }) => {
    const likes = texts.map((text) => likeness(wanted, wordsOf(text), ""));
    const best = likes.sort((a, b) => Number(b.slip) - Number(a.slip) || b.score - a.score)[0];
    if (!best || best.score < MIN_SCORE) return [];
    const score = best.slip ? 0.85 + 0.13 * best.score : best.score * 0.85;
    const reason = best.slip
      ? "What is written is nearly its name or id."
      : "It has words of what is written.";
    // Two phones, two persons: a letter may make the difference.
    const sure = best.slip && (kind !== "action" || best.score === 1 || !PERSONAL.has(domain));
    return [{ id: other, name, score: Math.round(score * 1000) / 1000, reason, sure }];
  });
  return scored.sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
}

function namedOf(
  kind: PlaceKind,
  { home, domain }: { home: HomeSnapshot; domain: string },
): readonly Named[] {
  if (kind === "action") {
    return [...home.actions.values()]
      .filter((action) => action.id.startsWith(`${domain}.`))
      .map(({ id, name }) => ({ id, name: name ?? id, texts: [id.split(".")[1] ?? ""] }));
  }
  if (kind === "device") {
    return [...home.devices.values()].map(({ id, name }) => ({ id, name, texts: [name] }));
  }
  const places = { area: home.areas, floor: home.floors, label: home.labels }[kind as "area"]; // the kinds left
  return [...(places?.values() ?? [])].map(({ id, name, aliases }) => ({
    id,
    name,
    texts: [id, name, ...aliases],
  }));
}
