import { resolve } from "$app/paths";
import type { RouteId } from "$app/types";
import { type TextKey, t } from "./i18n/translate.ts";

interface Tab {
  readonly route: RouteId;
  readonly text: TextKey;
}

/** The pages of a place as tabs, of which one is where somebody is. */
export const toTabs = (tabs: readonly Tab[], here: RouteId | null) =>
  tabs.map(({ route, text }) => ({
    href: resolve(...([route] as Parameters<typeof resolve>)), // none has parameters
    text: t(text),
    isHere: route === here,
  }));
