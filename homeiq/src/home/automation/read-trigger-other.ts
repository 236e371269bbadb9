import { eachOf, type Fields } from "./fields.ts";
import { readEntityOf } from "./read-entity.ts";
import { toJson } from "./read-json.ts";
import type { ReadTrigger } from "./read-kind.ts";
import { toInteger } from "./read-number.ts";
import { readStrictText, readTemplateText, readText, readWord } from "./read-text.ts";
import type { At, Reading } from "./reading.ts";
import type { TriggerCommon } from "./trigger.ts";
import { isTemplateText, type JsonMap } from "./value.ts";

type Check = (r: Reading, at: At) => unknown;
/** A name that ends in `!` is required. */
type Shape = Readonly<Record<string, Check>>;

/** Triggers that no history can drive: their fields are checked and kept as they are. */
const SHAPES: Readonly<Record<string, Shape>> = {
  mqtt: {
    "topic!": readTopic,
    payload: readTemplateText,
    value_template: readTemplateText,
    encoding: readText,
    qos: readQos,
  },
  webhook: {
    "webhook_id!": readTemplateText,
    allowed_methods: listOf(readWord(["get", "head", "post", "put"], { anyCase: true })),
    local_only: readTrueOrFalse,
  },
  tag: { "tag_id!": listOf(readText), device_id: listOf(readText) },
  conversation: { "command!": readSentences },
  persistent_notification: {
    notification_id: readStrictText,
    update_type: listOf(readWord(["added", "removed", "updated", "current"])),
  },
  geo_location: {
    "source!": readText,
    "zone!": readEntityOf("zone"),
    event: readWord(["enter", "leave"]),
  },
};

export const OTHER_READERS: Readonly<Record<string, ReadTrigger>> = Object.fromEntries(
  Object.entries(SHAPES).map(([platform, shape]) => [
    platform,
    (r, fields, common) => other({ platform, common, fields: readShape(r, fields, shape) }),
  ]),
);

/** A trigger of an integration whose fields nobody here knows. */
export const readOther =
  (platform: string): ReadTrigger =>
  (_r, fields, common) =>
    other({ platform, common, fields: fields.rest() });

function other({
  platform,
  common,
  fields,
}: {
  platform: string;
  common: TriggerCommon;
  fields: JsonMap;
}) {
  return { ...common, kind: "other" as const, platform, fields };
}

function readShape(r: Reading, fields: Fields, shape: Shape): JsonMap {
  const kept = Object.entries(shape).flatMap(([name, check]) => {
    const key = name.replace("!", "");
    const read = (_r: Reading, at: At) => {
      check(r, at);
      return { key, value: toJson({ ...r, options: {} }, at) };
    };
    const field = name.endsWith("!") ? fields.must(key, read) : fields.pick(key, read);
    return field ? [[field.key, field.value] as const] : [];
  });
  return Object.fromEntries(kept);
}

function listOf(check: Check): Check {
  return (r, at) => {
    for (const each of eachOf(at)) check(r, each);
  };
}

function readTopic(r: Reading, at: At): void {
  const topic = readTemplateText(r, at);
  if (topic === undefined || isTemplateText(topic)) return;
  const levels = topic.split("/");
  const wrong =
    topic === "" ||
    levels.some((level) => level.includes("+") && level !== "+") ||
    levels.slice(0, -1).some((level) => level.includes("#")) ||
    (levels.at(-1)?.includes("#") && levels.at(-1) !== "#");
  if (wrong) {
    r.error(
      at.path,
      "invalid_topic",
      `\`${topic}\` is no topic: \`+\` fills a whole level, \`#\` the last one.`,
    );
  }
}

function readQos(r: Reading, at: At): void {
  const number = toInteger(at.value);
  if (number === undefined || number < 0 || number > 2) {
    r.error(at.path, "out_of_range", "`qos` must be 0, 1 or 2.");
  }
}

function readTrueOrFalse(r: Reading, at: At): void {
  if (typeof at.value === "boolean") return;
  r.error(at.path, "invalid_boolean", `\`${String(at.path.at(-1))}\` must be true or false.`);
}

/** As hassil, which reads them, has it: at both ends, and at the ends of words, where a full stop may be a shortcut. */
const PUNCTUATION = [
  /^[.。,，?¿？؟!¡！;；:：’…]+/,
  /[.。,，?¿？؟!¡！;；:：’…]+$/,
  /(?<=[^\p{L}\p{N}_])[.。,，?¿？؟!¡！;；:：’…]+(?=[\p{L}\p{N}_])/u,
  /(?<=[\p{L}\p{N}_])[。,，?¿？؟!¡！;；:：’…]+(?=[^\p{L}\p{N}_])/u,
];

/** Sentences hold no punctuation but what makes alternatives and lists. */
function readSentences(r: Reading, at: At): void {
  const sentences = eachOf(at);
  if (sentences.length === 0) r.error(at.path, "missing_value", "At least one sentence is needed.");
  for (const each of sentences) {
    const text = readText(r, each);
    if (text === undefined) continue;
    if (text === "") r.error(each.path, "missing_value", "A sentence must not be empty.");
    if (/\{[^{}]*$|\[[^\]]*$|\([^)]*$/.test(text)) {
      r.error(each.path, "invalid_sentence", "A bracket of this sentence is never closed.");
    }
    const plain = text.replaceAll(/(?<!\\)\{[^{}]*\}/g, "");
    if (PUNCTUATION.some((pattern) => pattern.test(plain))) {
      r.error(each.path, "punctuation", "A sentence must not hold punctuation.", {
        fix: {
          words: "Leave the punctuation out",
          edits: [{ path: each.path, value: text.replaceAll(/[.。,，?¿？؟!¡！;；:：…]/g, "") }],
        },
      });
    }
  }
}
