import type { Scene } from "#lib/api.ts";
import { t } from "#lib/i18n/translate.ts";
import { entity } from "./phrase.ts";
import { fieldsText, stateText } from "./words.ts";

/** What a scene makes of each of its entities. */
export const sceneTexts = ({ entities }: Scene): string[] =>
  Object.entries(entities).map(([entityId, { state, attributes }]) => {
    const what =
      state === undefined
        ? entity(entityId)
        : t("read.scene.state", { entity: entity(entityId), state: stateText([state]) });
    const data = fieldsText(attributes);
    return data === "" ? what : t("read.action.with", { what, data });
  });
