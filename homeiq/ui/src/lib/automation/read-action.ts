import type { Action } from "#lib/api.ts";
import { t } from "#lib/i18n/translate.ts";
import { entity } from "./phrase.ts";
import { conditionsText, conditionText } from "./read-condition.ts";
import { triggerText } from "./read-trigger.ts";
import { fieldsText, isTemplate, listed, periodText, shortened, targetText } from "./words.ts";

type Of<K extends Action["kind"]> = Extract<Action, { kind: K }>;

/** One step, with those that belong to it. */
export interface Step {
  readonly phrase: string;
  readonly steps: readonly Step[];
}

const EASY = new Set([
  "turn_on",
  "turn_off",
  "toggle",
  "open_cover",
  "close_cover",
  "lock",
  "unlock",
  "media_play",
  "media_pause",
  "media_stop",
  "start",
  "return_to_base",
]);
const PHONE = /^mobile_app_(?=.)/;

/** The same message to several phones is one step. */
export function stepsOf(actions: readonly Action[]): Step[] {
  return actions.flatMap((action, index) => {
    const message = messageOf(action);
    if (message === undefined) return stepOf(action);
    if (index > 0 && messageOf(actions[index - 1])?.key === message.key) return [];
    const others = actions.slice(index + 1).map(messageOf);
    const end = others.findIndex((one) => one?.key !== message.key);
    const same = [message, ...(end < 0 ? others : others.slice(0, end))];
    const phone = listed(same.flatMap((one) => one?.phone ?? []));
    const { text } = message;
    if (text === undefined) return line(t("read.action.phone", { phone }));
    return line(t("read.action.phone.says", { phone, text: shortened(text) }));
  });
}

/** To which phone a message goes and what it says; how it is shown there is the phone's business. */
function messageOf(action: Action | undefined) {
  if (action?.kind !== "call" || action.enabled === false || isTemplate(action.action)) return;
  const [domain = "", verb = ""] = action.action.split(".");
  if (domain !== "notify" || !PHONE.test(verb)) return;
  const { data } = action;
  const said = isTemplate(data) ? undefined : data?.message;
  const text = typeof said === "string" ? said : undefined;
  return { phone: phoneName(verb), text, key: text ?? "" };
}

/** Home Assistant makes `mobile_app_anna_s_phone` of "Anna's phone". */
function phoneName(verb: string): string {
  const name = verb.replace(PHONE, "").replaceAll("_s_", "'s ").replaceAll("_", " ");
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}

function stepOf(action: Action): Step[] {
  const steps = kindSteps(action);
  if (action.enabled !== false) return steps;
  return steps.map(({ phrase, steps: inner }) => ({
    phrase: t("read.off", { what: phrase }),
    steps: inner,
  }));
}

const line = (phrase: string, steps: readonly Step[] = []): Step[] => [{ phrase, steps }];

function kindSteps(action: Action): Step[] {
  switch (action.kind) {
    case "call":
      return line(callText(action));
    case "delay":
      return line(t("read.action.delay", { span: periodText(action.delay) }));
    case "wait_template":
      return line(
        limited(
          t("read.action.wait", {
            what: t("read.condition.template", { text: shortened(action.waitTemplate) }),
          }),
          action,
        ),
      );
    case "wait_for_trigger": {
      const what = listed(action.triggers.map(triggerText), "read.list.or");
      return line(limited(t("read.action.wait", { what }), action));
    }
    case "condition":
      return line(t("read.action.condition", { what: conditionText(action.condition) }));
    case "event":
      return line(t("read.action.event", { event: action.event }));
    case "device":
      return line(
        t("read.action.device", {
          type: (action.type ?? "").replaceAll("_", " "),
          entity: action.entityId ? entity(action.entityId) : action.domain,
        }),
      );
    case "scene":
      return line(t("read.action.scene", { entity: entity(action.entityId) }));
    case "repeat":
      return line(repeatText(action), stepsOf(action.sequence));
    case "choose":
      return chooseSteps(action);
    case "if":
      return [
        ...line(
          t("read.action.choose", { what: conditionsText(action.conditions) }),
          stepsOf(action.then),
        ),
        ...(action.else ? line(t("read.otherwise"), stepsOf(action.else)) : []),
      ];
    case "parallel":
      return line(t("read.action.parallel"), action.branches.flatMap(stepsOf));
    case "sequence":
      return stepsOf(action.sequence);
    case "variables":
      return line(t("read.action.variables", { names: listed(Object.keys(action.variables)) }));
    case "stop":
      return line(
        action.stop ? t("read.action.stopBecause", { why: action.stop }) : t("read.action.stop"),
      );
    case "set_conversation_response":
      return line(t("read.action.response", { text: shortened(action.response ?? "") }));
  }
}

function callText({ action, target, data }: Of<"call">): string {
  const name = isTemplate(action)
    ? t("read.template", { text: shortened(action.template) })
    : action;
  const [domain = "", verb = ""] = name.split(".");
  const to = targetText(target);
  let what = to ? t("read.action.callOn", { action: name, target: to }) : name;
  if (domain === "notify") what = t("read.action.notify", { action: name });
  else if (EASY.has(verb) && to) {
    what = t(`read.action.${verb as "turn_on"}`, { target: to });
  }
  const given = dataText(data);
  return given ? t("read.action.with", { what, data: given }) : what;
}

function dataText(data: Of<"call">["data"]): string {
  if (!data) return "";
  if (isTemplate(data)) return t("read.template", { text: shortened(data.template) });
  return fieldsText(data);
}

function limited(
  what: string,
  { timeout, continueOnTimeout }: Of<"wait_template"> | Of<"wait_for_trigger">,
) {
  if (!timeout) return what;
  const key = continueOnTimeout === false ? "read.action.timeout.stop" : "read.action.timeout";
  return t(key, { what, span: periodText(timeout) });
}

function repeatText({ until }: Of<"repeat">): string {
  if ("count" in until) {
    return isTemplate(until.count)
      ? t("read.action.countTemplate")
      : t("read.action.count", { n: until.count });
  }
  if ("forEach" in until) {
    return isTemplate(until.forEach)
      ? t("read.action.forEachTemplate")
      : t("read.action.forEach", { n: until.forEach.length });
  }
  if ("while" in until) return t("read.action.while", { what: conditionsText(until.while) });
  return t("read.action.until", { what: conditionsText(until.until) });
}

function chooseSteps(action: Of<"choose">): Step[] {
  const choices = action.choices.flatMap((choice) =>
    line(
      t("read.action.choose", { what: conditionsText(choice.conditions) }),
      stepsOf(choice.sequence),
    ),
  );
  return [
    ...choices,
    ...(action.default ? line(t("read.otherwise"), stepsOf(action.default)) : []),
  ];
}
