import { span } from "#lib/format.ts";
import type { EntityHistory } from "#lib/history-api.ts";
import { t } from "#lib/i18n/translate.ts";

/** How fine the numbers are that one sees; nothing when every change is there. */
export function resolutionText(entities: readonly EntityHistory[]): string {
  const sizes = entities.flatMap(({ numeric, resolution }) =>
    numeric && resolution !== "raw" ? [resolution] : [],
  );
  return sizes.length === 0 ? "" : t("explore.resolution", { time: span(Math.max(...sizes)) });
}
