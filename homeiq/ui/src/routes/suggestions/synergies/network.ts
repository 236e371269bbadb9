import { t } from "#lib/i18n/translate.ts";
import type { Names } from "#lib/naming.ts";
import type { Synergy } from "#lib/synergy-api.ts";

export interface NetworkNode {
  readonly id: string;
  readonly name: string;
  readonly isOutside: boolean;
  /** In how many it takes part. */
  readonly n: number;
}

export interface NetworkLink {
  readonly from: string;
  readonly to: string;
  readonly joins: Synergy["edges"][number]["joins"];
}

export interface Network {
  readonly nodes: readonly NetworkNode[];
  readonly links: readonly NetworkLink[];
}

type Node = Synergy["nodes"][number];

/** All of them as one network: each thing once, each link once. What nothing is joined to is not in it. */
export function toNetwork(synergies: readonly Synergy[], names: Names): Network {
  const { nodes, links } = everythingOf(synergies, names);
  const known = new Set(nodes.map(({ id }) => id));
  const joined = links.filter(({ from, to }) => known.has(from) && known.has(to));
  const isJoined = new Set(joined.flatMap(({ from, to }) => [from, to]));
  return { nodes: nodes.filter(({ id }) => isJoined.has(id)), links: joined };
}

/** The first of them, as many as can be drawn with so many things on a side: more would be a tangle. */
export function drawable(synergies: readonly Synergy[], mostOnASide: number): readonly Synergy[] {
  const left = new Set<string>();
  const right = new Set<string>();
  const at = synergies.findIndex(({ edges }) => {
    for (const { from, to } of edges) {
      left.add(from);
      right.add(to);
    }
    return Math.max(left.size, right.size) > mostOnASide;
  });
  return at < 0 ? synergies : synergies.slice(0, Math.max(1, at));
}

/** A network in two rows: where links begin, and where they end. A thing that does both is in both. */
export interface Sides {
  readonly left: readonly NetworkNode[];
  readonly right: readonly NetworkNode[];
  /** By the places in the two rows. */
  readonly links: readonly {
    readonly from: number;
    readonly to: number;
    readonly joins: NetworkLink["joins"];
  }[];
}

/** What ends near where it begins, so that few links cross. */
export function toSides({ nodes, links }: Network): Sides {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const begins = [...new Set(links.map(({ from }) => from))];
  const meanBegin = (id: string) => {
    const places = links.filter(({ to }) => to === id).map(({ from }) => begins.indexOf(from));
    return places.reduce((sum, place) => sum + place, 0) / places.length;
  };
  const ends = [...new Set(links.map(({ to }) => to))]
    .map((id) => ({ id, place: meanBegin(id) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ id }) => id);
  const named = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  return {
    left: named(begins),
    right: named(ends),
    links: links.map(({ from, to, joins }) => ({
      from: begins.indexOf(from),
      to: ends.indexOf(to),
      joins,
    })),
  };
}

/** Every thing that takes part, by name. */
export const thingsOf = (synergies: readonly Synergy[], names: Names) =>
  everythingOf(synergies, names).nodes;

function everythingOf(synergies: readonly Synergy[], names: Names): Network {
  const nodes = Map.groupBy(
    synergies.flatMap((one) => one.nodes),
    ({ id }) => id,
  );
  const links = new Map(
    synergies
      .flatMap(({ edges }) => edges)
      .map(({ from, to, joins }) => [`${from} ${joins} ${to}`, { from, to, joins }]),
  );
  return {
    nodes: [...nodes].flatMap(([id, [first, ...more]]) =>
      first
        ? [
            {
              id,
              name: nodeName(first, names),
              isOutside: first.kind === "outside",
              n: 1 + more.length,
            },
          ]
        : [],
    ),
    links: [...links.values()],
  };
}

export const nodeName = (node: Node, { nameOf }: Names) =>
  node.kind === "outside" ? t(`synergies.outside.${node.id}`) : nameOf(node.id);
