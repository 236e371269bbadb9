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

/** All of them as one network: each thing once, each link once. */
export function toNetwork(synergies: readonly Synergy[], names: Names): Network {
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
    links: [...links.values()].filter(({ from, to }) => nodes.has(from) && nodes.has(to)),
  };
}

export const nodeName = (node: Node, { nameOf }: Names) =>
  node.kind === "outside" ? t(`synergies.outside.${node.id}`) : nameOf(node.id);
