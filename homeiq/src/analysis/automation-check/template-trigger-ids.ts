import { isTemplateText, nearest as nearestWord, walk } from "#home/automation/automation.ts";
import { namesInTemplate } from "#home/template/template.ts";
import type { Found, Subject } from "./subject.ts";
import { fixOf } from "./template-names.ts";
import { pathOfText } from "./template-variables.ts";
import { noTriggerHas, triggerIdsOf } from "./trigger-fields.ts";

/** Ids that a template compares `trigger.id` with and no trigger has: what it is written for never happens. */
export function findUnknownTriggerIds(subject: Subject): Found[] {
  const { configuration } = subject;
  if (configuration.kind !== "automation") return [];
  const ids = triggerIdsOf(configuration);
  const found: Found[] = [];
  walk(configuration, {
    text(text, owner, place) {
      if (!isTemplateText(text)) return;
      const compared = namesInTemplate(text)
        .reads.filter(({ name, path }) => name === "trigger" && path.join() === "id")
        .flatMap(({ comparedWith }) => comparedWith)
        .filter((one) => !ids.includes(one.text));
      const path = pathOfText(subject, { text, owner, place });
      found.push(...compared.map((one) => unknown({ id: one.text, at: one.at, ids, text, path })));
    },
  });
  return found;
}

interface Unknown {
  readonly id: string;
  readonly at: number;
  readonly ids: readonly string[];
  readonly text: string;
  readonly path: Found["path"];
}

function unknown({ id, at, ids, text, path }: Unknown): Found {
  const meant = nearestWord(id, ids)?.word;
  const fix = meant === undefined ? undefined : fixOf({ text, path }, { name: id, at, meant });
  return {
    code: "unknown_trigger_id",
    severity: "warning",
    path,
    message: noTriggerHas(id, ids, meant),
    facts: { id },
    ...(fix && { fix }),
  };
}
