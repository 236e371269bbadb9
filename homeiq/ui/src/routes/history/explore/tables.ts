import { readable } from "#lib/components/event-text.ts";
import { type Format, span } from "#lib/format.ts";
import type { Range } from "#lib/history-api.ts";
import { t } from "#lib/i18n/translate.ts";
import type { Band } from "./bands.ts";
import type { NumericLine } from "./numbers.ts";
import { figure, withUnit } from "./sentences.ts";

const MOST_ROWS = 500;

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The newest values of what is seen; more of them are in an export. */
export function numericTable(
  lines: readonly NumericLine[],
  { from, to }: Range,
  format: Format,
): Table {
  const rows = lines.flatMap((line) =>
    line.points.flatMap(([at, value], index) => {
      if (at < from || at > to || value === null) return [];
      const [low, high] = [line.low?.[index]?.[1], line.high?.[index]?.[1]];
      const range = low == null || high == null ? ["", ""] : [figure(low), figure(high)];
      return [{ at, cells: [line.name, withUnit(value, line.unit), ...range] }];
    }),
  );
  const head = ["when", "entity", "value", "lowest", "highest"] as const;
  const isBanded = lines.some(({ low }) => low);
  const columns = isBanded ? 5 : 3;
  return {
    head: head.slice(0, columns).map((name) => t(`table.${name}`)),
    rows: newest(rows).map(({ at, cells }) => [format.moment(at), ...cells].slice(0, columns)),
  };
}

export function statesTable(
  entities: readonly { readonly name: string; readonly bands: readonly Band[] }[],
  { from, to }: Range,
  format: Format,
): Table {
  const rows = entities.flatMap(({ name, bands }) =>
    bands
      .filter((band) => band.to > from && band.from < to)
      .map((band) => ({
        at: band.from,
        cells: [name, readable(band.state), span(band.to - band.from)],
      })),
  );
  return {
    head: [t("table.since"), t("table.entity"), t("table.state"), t("table.for")],
    rows: newest(rows).map(({ at, cells }) => [format.moment(at), ...cells]),
  };
}

const newest = <T extends { readonly at: number }>(rows: readonly T[]): T[] =>
  rows.toSorted((one, other) => other.at - one.at).slice(0, MOST_ROWS);
