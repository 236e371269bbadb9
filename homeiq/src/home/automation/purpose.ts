/** What Home Assistant announces of one option of a purpose-specific trigger or condition. */
export interface PurposeField {
  /** It has no value of its own: it must be said. */
  readonly needed: boolean;
  /** Kind of selector and its settings, as `{ duration: {} }`; empty when none is named. */
  readonly selector: Readonly<Record<string, unknown>>;
}

/** Options by their names. */
export type PurposeFields = Readonly<Record<string, PurposeField>>;

/** What Home Assistant announces of a key such as `light.turned_on`. */
export interface Purpose {
  readonly fields: PurposeFields;
  /** It must be aimed at something. */
  readonly needsTarget: boolean;
}

/**
 * Options that mean the same wherever they stand, for a house whose announcements are not known. None of them is
 * needed everywhere.
 */
export const COMMON_OPTIONS: PurposeFields = {
  threshold: { needed: false, selector: { numeric_threshold: {} } },
  offset: { needed: false, selector: { duration: { mode: "offset" } } },
  for: { needed: false, selector: { duration: {} } },
  remaining: { needed: false, selector: { duration: {} } },
  behavior: { needed: false, selector: { automation_behavior: {} } },
};
