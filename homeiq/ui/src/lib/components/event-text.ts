import type { HomeEvent } from "#lib/api.ts";
import { type Format, number } from "#lib/format.ts";
import { t } from "#lib/i18n/translate.ts";

const readable = (state: string | undefined, unit?: string): string => {
  if (state === undefined) return "";
  const value = Number(state);
  if (state.trim() !== "" && Number.isFinite(value))
    return `${number(value, 2)}${unit ? ` ${unit}` : ""}`;
  return state.replaceAll("_", " ");
};

/** Their state is the moment they were last used. */
const USED: Readonly<Record<string, "event.scene" | "event.button" | "event.event">> = {
  scene: "event.scene",
  button: "event.button",
  input_button: "event.button",
  event: "event.event",
};
const MOMENT = /^\d{4}-\d\d-\d\dT/;

/** What happened, in a few words. */
export function eventText({
  kind,
  domain,
  oldState,
  newState,
  unit,
  changedAttributes,
}: HomeEvent): string {
  if (kind === "added") return t("event.added", { to: readable(newState, unit) });
  if (kind === "removed") return t("event.removed");
  if (kind === "attributes") {
    return t("event.attributes", { names: Object.keys(changedAttributes ?? {}).join(", ") });
  }
  const used = USED[domain];
  if (used && newState !== undefined && MOMENT.test(newState)) return t(used);
  return t("event.to", { from: readable(oldState), to: readable(newState, unit) });
}

/** What an entity is at now; a moment as this house and this reader write it. */
export function stateNow(
  { state, unit }: { readonly state?: string | undefined; readonly unit?: string | undefined },
  format: Format,
): string {
  if (state === undefined) return t("common.unknown");
  const at = MOMENT.test(state) ? Date.parse(state) : Number.NaN;
  return Number.isNaN(at) ? readable(state, unit) : format.moment(at);
}

export { readable };
