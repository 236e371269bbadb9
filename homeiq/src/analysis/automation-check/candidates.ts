import { editDistance } from "#home/automation/automation.ts";
import type { FormerEntity, HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { fold, likeness, wordsOf } from "./similarity.ts";

/** What may be the one that is meant. */
export interface Candidate {
  /** Of the entity, the action, the area. */
  readonly id: string;
  readonly name: string;
  /** 0 to 1. */
  readonly score: number;
  /** In words, for the person who decides. */
  readonly reason: string;
  /** May be put in its place without a question, when no other comes near. */
  readonly sure: boolean;
}

export interface Wanted {
  /** As it is written: an id that is not there, or a name. */
  readonly id: string;
  /** The action it is used with: says which domain is meant when the id does not. */
  readonly action?: string;
}

const MIN_SCORE = 0.45; // below, two ids have a word in common, no more
const SIBLING_FROM = 0.6;
const ASKED_AT_MOST = 0.8;
/** Domains that people exchange for one another when they replace a device: worth a question. */
const PAIRS = [
  ["light", "switch"],
  ["switch", "input_boolean"],
  ["fan", "switch"],
  ["number", "input_number"],
  ["select", "input_select"],
  ["button", "input_button"],
  ["text", "input_text"],
  ["sensor", "binary_sensor"],
  ["person", "device_tracker"],
];

interface View {
  readonly words: readonly string[];
  readonly is: string;
  /** A name that does not say the room: many rooms have a "Ceiling light". */
  readonly roomless: boolean;
}

interface Known {
  readonly entity: HomeEntity;
  /** Its id, its name and its aliases, each alone and with the room before it. */
  readonly views: readonly View[];
  readonly areaWords: ReadonlySet<string>;
}

export type Matcher = (wanted: Wanted) => Candidate[];

const matchers = new WeakMap<HomeSnapshot, Matcher>();

/** Finds what may be meant by an entity id that the house does not have; best first. Made once per snapshot. */
export function matcherOf(home: HomeSnapshot): Matcher {
  const matcher = matchers.get(home) ?? remembering(createMatcher(home));
  matchers.set(home, matcher);
  return matcher;
}

/** One dead id stands in many automations. */
function remembering(find: Matcher): Matcher {
  const known = new Map<string, Candidate[]>();
  return (wanted) => {
    const key = `${wanted.id} ${wanted.action?.split(".")[0]}`;
    const found = known.get(key) ?? find(wanted);
    known.set(key, found);
    return found;
  };
}

function createMatcher(home: HomeSnapshot): Matcher {
  const byDomain = Map.groupBy(home.entities.values(), (entity) => entity.domain);
  const known = new Map(
    [...byDomain].map(([domain, list]) => [domain, list.map((one) => toKnown(one, home))]),
  );
  const rooms = [...home.areas.values()].flatMap(({ id, name, aliases }) =>
    [name, ...aliases].map((text) => ({ id, words: wordsOf(text) })),
  );

  function find(wanted: Wanted): Candidate[] {
    const { domain, words, isName } = read(wanted, [...known.keys()]);
    const former = home.former(wanted.id);
    const renamed = former?.renamedTo && home.entities.get(former.renamedTo);
    if (renamed)
      return [certain(renamed, 1, "Home Assistant's registry says that it was renamed to this.")];
    const room = former?.areaId ?? roomIn(words, rooms);
    const found: Candidate[] = [];
    for (const [other, list] of known) {
      const sameDomain = domain === undefined || other === domain;
      if (!sameDomain && !isPair(domain, other)) continue;
      for (const one of list) {
        const candidate = judge(one, { words, isName, domain: domain ?? other, room, former });
        if (candidate) found.push(sameDomain ? candidate : asQuestion(candidate, other, domain));
      }
    }
    return found.sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
  }
  return find;
}

function toKnown(entity: HomeEntity, home: HomeSnapshot): Known {
  const area = entity.areaId ? home.areas.get(entity.areaId) : undefined;
  const areaWords = area ? wordsOf(area.name) : [];
  const texts = [
    { text: entity.entityId.split(".")[1] ?? "", is: "its id" },
    { text: entity.name, is: "its name" },
    ...entity.aliases.map((text) => ({ text, is: "another name of it" })),
  ];
  const views = texts.flatMap(({ text, is }) => {
    const words = wordsOf(text);
    const more = areaWords.filter((word) => !words.includes(word));
    const roomless = is !== "its id" && more.length > 0;
    const alone = { words, is, roomless };
    if (more.length === 0) return [alone];
    return [alone, { words: [...more, ...words], is: `${is} with its room`, roomless: false }];
  });
  return { entity, views, areaWords: new Set(areaWords) };
}

interface Read {
  readonly domain?: string;
  readonly words: readonly string[];
  readonly isName: boolean;
}

/** A domain that is written wrong is read as the one that is nearest. */
function read({ id, action }: Wanted, domains: readonly string[]): Read {
  const called = action?.split(".")[0];
  const used = called && domains.includes(called) ? called : undefined;
  const [, before, rest] = /^([a-z0-9_ ]+)\.([^.]*)$/i.exec(id.trim()) ?? [];
  if (before === undefined || rest === undefined) {
    return { words: wordsOf(id), isName: true, ...(used && { domain: used }) };
  }
  const written = fold(before).replaceAll(" ", "_");
  const exact = before.toLowerCase();
  if (domains.includes(exact))
    return { domain: exact, words: wordsOf(rest), isName: /[A-Z ]/.test(rest) };
  const near = domains
    .map((domain) => ({ domain, distance: editDistance(written, fold(domain)) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const domain = near && near.distance <= 2 && written.length >= 4 ? near.domain : exact;
  return { domain, words: wordsOf(rest), isName: false };
}

interface Against extends Read {
  readonly domain: string;
  readonly room: string | undefined;
  readonly former: FormerEntity | undefined;
}

function judge({ entity, views, areaWords }: Known, against: Against): Candidate | undefined {
  const { words, isName, domain, room, former } = against;
  const remembered = former && fromMemory(entity, former);
  if (remembered?.sure) return remembered;
  let best: { score: number; slip: boolean; is: string } | undefined;
  const byId = likeness(words, views[0]?.words ?? [], domain);
  // An id that has most of these words and one more is a sibling, whatever its name: "temp" and "temp_rounded".
  const sibling = !isName && !byId.slip && byId.score >= SIBLING_FROM;
  for (const { words: own, is, roomless } of views) {
    const found = likeness(words, own, domain);
    const like = { ...found, slip: found.slip && !sibling && (isName || !roomless) };
    const better = like.score > (best?.score ?? 0) || (like.slip && !best?.slip);
    if (better) best = { ...like, is };
  }
  if (remembered && remembered.score >= (best?.score ?? 0)) return remembered;
  if (!best || best.score < MIN_SCORE) return undefined;
  const elsewhere = room !== undefined && entity.areaId !== undefined && entity.areaId !== room;
  const otherClass =
    former?.deviceClass !== undefined && former.deviceClass !== entity.attributes.device_class;
  // The room alone is no name: "light.kitchen" is not any one lamp of the kitchen.
  const onlyRoom = words.every((word) => areaWords.has(word)) && best.is.endsWith("room");
  const usable = !entity.disabledBy && !entity.category;
  const sure = best.slip && !elsewhere && !otherClass && !onlyRoom && usable;
  const score = sure ? 0.85 + 0.13 * best.score : Math.min(ASKED_AT_MOST, best.score * 0.85);
  return {
    id: entity.entityId,
    name: entity.name,
    score: round(elsewhere || otherClass ? score * 0.8 : score),
    reason: reasonOf(best, { elsewhere, otherClass }),
    sure,
  };
}

/** What HomeIQ remembers of the entity that is gone: unique id, device, name and room. */
function fromMemory(entity: HomeEntity, former: FormerEntity): Candidate | undefined {
  const sameDomain = former.entityId.startsWith(`${entity.domain}.`);
  if (!sameDomain) return undefined;
  const sameClass =
    former.deviceClass === undefined || former.deviceClass === entity.attributes.device_class;
  if (
    former.uniqueId &&
    former.uniqueId === entity.uniqueId &&
    former.platform === entity.platform
  ) {
    return certain(entity, 0.98, "It is the same entity of the same integration, added anew.");
  }
  const sameRoom = former.areaId !== undefined && former.areaId === entity.areaId;
  if (former.name && fold(former.name) === fold(entity.name) && sameRoom && sameClass) {
    return certain(entity, 0.95, "It has the name and the room that the missing one had.");
  }
  if (former.deviceId && former.deviceId === entity.deviceId && sameClass) {
    const reason = "It belongs to the device that the missing one belonged to.";
    return { ...certain(entity, 0.78, reason), sure: false };
  }
  return undefined;
}

const certain = ({ entityId, name }: HomeEntity, score: number, reason: string): Candidate => ({
  id: entityId,
  name,
  score,
  reason,
  sure: true,
});

function asQuestion(candidate: Candidate, domain: string, wanted: string | undefined): Candidate {
  return {
    ...candidate,
    score: round(Math.min(0.6, candidate.score * 0.7)),
    reason: `${candidate.reason} It is a ${domain}, not a ${wanted}.`,
    sure: false,
  };
}

function reasonOf(
  best: { score: number; slip: boolean; is: string },
  { elsewhere, otherClass }: { elsewhere: boolean; otherClass: boolean },
): string {
  const how = best.score === 1 ? "What is written is" : "What is written is nearly";
  const words = best.slip ? `${how} ${best.is}.` : `What is written has words of ${best.is}.`;
  if (elsewhere) return `${words} It is in another room.`;
  return otherClass ? `${words} It measures something else.` : words;
}

/** The room that the words name; the longest name counts. */
function roomIn(
  words: readonly string[],
  rooms: readonly { id: string; words: readonly string[] }[],
): string | undefined {
  const text = ` ${words.join(" ")} `;
  const named = rooms.filter((room) => text.includes(` ${room.words.join(" ")} `));
  return named.sort((a, b) => b.words.join().length - a.words.join().length)[0]?.id;
}

const isPair = (one: string | undefined, other: string) =>
  PAIRS.some(
    (pair) => one !== other && pair.includes(other) && one !== undefined && pair.includes(one),
  );

const round = (value: number) => Math.round(value * 1000) / 1000;
