import { t } from "#lib/i18n/translate.ts";

/** It counts who is in it: anybody, or nobody. */
const HOME_ZONE = "zone.home";

interface Bounded {
  readonly entityIds: readonly string[];
  readonly attribute?: string;
  /** A number, or an entity that holds one. */
  readonly above?: unknown;
  readonly below?: unknown;
}

/** Whether somebody is at home, where that is what bounds of a number say. */
export function presenceText(
  of: "read.condition" | "read.trigger",
  { entityIds, attribute, above, below }: Bounded,
): string | undefined {
  if (attribute || entityIds.length !== 1 || entityIds[0] !== HOME_ZONE) return undefined;
  if (above === 0 && below === undefined) return t(`${of}.somebody`);
  if (above === undefined && below === 1) return t(`${of}.nobody`);
  return undefined;
}
