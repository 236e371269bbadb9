import { editDistance, type Fix } from "#home/automation/automation.ts";
import type { HomePlace, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { type Matcher, matcherOf } from "./candidates.ts";
import { isInTemplate, isKnownByName, isOnlyText, knownEntities } from "./known.ts";
import { type Place, placesOf, replaceAt } from "./places.ts";
import { fold, likeness, wordsOf } from "./similarity.ts";
import { bySeverity, type Found, type Level } from "./subject.ts";

const DID_YOU_MEAN_FROM = 0.4;
const KNOWN_EVENTS = [
  "state_changed",
  "call_service",
  "automation_triggered",
  "automation_reloaded",
  "script_started",
  "scene_reloaded",
  "homeassistant_start",
  "homeassistant_started",
  "homeassistant_stop",
  "timer.finished",
  "timer.started",
  "timer.cancelled",
  "timer.paused",
  "timer.restarted",
  "tag_scanned",
  "zha_event",
  "deconz_event",
  "hue_event",
  "zwave_js_value_notification",
  "zwave_js_notification",
  "mobile_app_notification_action",
  "mobile_app_notification_cleared",
  "ios.action_fired",
  "ios.notification_action_fired",
  "telegram_command",
  "telegram_callback",
  "telegram_text",
  "component_loaded",
  "service_registered",
  "entity_registry_updated",
  "device_registry_updated",
  "area_registry_updated",
  "user_added",
];

interface Asked {
  readonly home: HomeSnapshot;
  readonly level: Level;
}

/** Names of the house that lead nowhere, with what may have been meant. Works without a model. */
export function findDeadReferences(raw: unknown, { home, level }: Asked): Found[] {
  const isKnown = knownEntities(raw, home);
  const match: Matcher = (wanted) => matcherOf(home)(wanted);
  return placesOf(raw).flatMap((place) => {
    if (isOnlyText(place, home)) return [];
    if (place.kind === "entity") return entityProblem(place, { home, level, isKnown, match });
    if (place.kind === "action") return actionProblem(place, home);
    if (place.kind === "event") return eventProblem(place);
    if (isInTemplate(place) && isKnownByName(place, home)) return [];
    if (place.kind === "device") return deviceProblem(place, home);
    return placeProblem(place, home);
  });
}

interface EntityAsked extends Asked {
  readonly isKnown: (entityId: string) => boolean;
  readonly match: Matcher;
}

function entityProblem(place: Place, { home, level, isKnown, match }: EntityAsked): Found[] {
  const id = place.id.toLowerCase();
  if (isKnown(place.id) || isKnown(id)) return disabledProblem(place, home.entities.get(id));
  // A house without entities is one that could not be asked.
  if (home.entities.size === 0) return [];
  const { action } = place;
  const candidates = match({ id: place.id, ...(action !== undefined && { action }) });
  const [best] = candidates;
  const severity = isInTemplate(place) ? bySeverity(level) : "error";
  const fix = best && best.score >= DID_YOU_MEAN_FROM ? didYouMean(place, best) : undefined;
  const meant = fix && best ? ` Did you mean ${best.name} (\`${best.id}\`)?` : "";
  const message = place.id.includes(".")
    ? `There is no entity \`${place.id}\` in this house.${meant}`
    : `"${place.id}" is a name; Home Assistant wants the id of the entity here.${meant}`;
  const facts = {
    entity: place.id,
    candidates: candidates
      .slice(0, 3)
      .map((one) => one.id)
      .join(", "),
  };
  return [
    { code: "unknown_entity", severity, path: place.path, message, facts, ...(fix && { fix }) },
  ];
}

const didYouMean = (place: Place, best: { id: string; score: number; reason: string }): Fix => ({
  words: `Write \`${best.id}\`. ${best.reason}`,
  edits: [replaceAt(place, best.id)],
  score: best.score,
});

function disabledProblem(
  place: Place,
  entity: { name: string; disabledBy?: string } | undefined,
): Found[] {
  if (!entity?.disabledBy) return [];
  const message = `${entity.name} (\`${place.id}\`) is switched off in Home Assistant: it never changes and does nothing.`;
  return [{ code: "disabled_entity", severity: "warning", path: place.path, message }];
}

function actionProblem(place: Place, home: HomeSnapshot): Found[] {
  const { id, path } = place;
  if (home.actions.size === 0 || home.actions.has(id.toLowerCase())) return [];
  const [domain = ""] = id.split(".");
  const isNotify = domain === "notify";
  const best = nearest(id, home.actions.keys());
  const all = [...home.actions.keys()].filter((one) => one.startsWith("notify."));
  const targets = isNotify ? ` It has ${all.slice(0, 8).join(", ") || "none"}.` : "";
  const meant = best ? ` Did you mean \`${best.id}\`?` : "";
  const what = isNotify ? "no such target of notifications" : "no such action";
  return [
    {
      code: isNotify ? "unknown_notify_target" : "unknown_action",
      severity: "error",
      path,
      message: `This Home Assistant has ${what}: \`${id}\`.${meant}${targets}`,
      facts: { action: id },
      ...(best && {
        fix: {
          words: `Write \`${best.id}\`.`,
          edits: [{ path, value: best.id }],
          score: best.score,
        },
      }),
    },
  ];
}

/** The same domain first: `light.turn_onn` is no misspelt `lock.turn_on`. */
export function nearest(
  id: string,
  known: Iterable<string>,
): { id: string; score: number } | undefined {
  let best: { id: string; score: number } | undefined;
  for (const one of known) {
    if (Math.abs(one.length - id.length) > 4) continue;
    const score = 1 - editDistance(id.toLowerCase(), one) / Math.max(id.length, one.length);
    if (score > (best?.score ?? 0)) best = { id: one, score: Math.round(score * 100) / 100 };
  }
  return best && best.score >= 0.75 ? best : undefined;
}

/** Any event may exist; only what is nearly one of Home Assistant's own is told. */
function eventProblem({ id, path }: Place): Found[] {
  if (KNOWN_EVENTS.includes(id)) return [];
  const best = nearest(id, KNOWN_EVENTS);
  if (!best || best.score < 0.85) return [];
  const message = `No part of Home Assistant sends \`${id}\`. Did you mean \`${best.id}\`?`;
  const fix = { words: `Write \`${best.id}\`.`, edits: [{ path, value: best.id }], ...best };
  return [
    {
      code: "unknown_event",
      severity: "warning",
      path,
      message,
      fix: { words: fix.words, edits: fix.edits, score: best.score },
    },
  ];
}

/** A function of a template that finds nothing answers nothing, and the rendering goes on. */
const severityOf = (place: Place) => (isInTemplate(place) ? "warning" : "error");

function deviceProblem(place: Place, home: HomeSnapshot): Found[] {
  const { id, path } = place;
  if (home.devices.size === 0) return [];
  const device = home.devices.get(id);
  if (device && !device.disabled) return [];
  if (device) {
    const message = `The device ${device.name} is switched off in Home Assistant.`;
    return [{ code: "disabled_device", severity: "warning", path, message }];
  }
  const named = [...home.devices.values()].filter((one) => fold(one.name) === fold(id));
  const [only] = named.length === 1 ? named : [];
  const message = only
    ? `A device is given by its id here, not by its name "${id}".`
    : `There is no device with the id \`${id}\`: it was removed, or it was added anew under another id.`;
  return [
    {
      code: "unknown_device",
      severity: severityOf(place),
      path,
      message,
      facts: { device: id },
      ...(only && {
        fix: { words: `Write the id of ${only.name}.`, edits: [replaceAt(place, only.id)] },
      }),
    },
  ];
}

function placeProblem(place: Place, home: HomeSnapshot): Found[] {
  const { kind, id, path } = place;
  const list = { area: home.areas, floor: home.floors, label: home.labels }[kind as "area"]; // the three kinds left
  if (!list || list.size === 0 || list.has(id)) return [];
  const best = nearestPlace(id, [...list.values()]);
  const meant = best ? ` Did you mean \`${best.id}\` (${best.name})?` : "";
  return [
    {
      code: `unknown_${kind}`,
      severity: severityOf(place),
      path,
      message: `There is no ${kind} \`${id}\` in this house.${meant}`,
      facts: { [kind]: id },
      ...(best && {
        fix: {
          words: `Write \`${best.id}\`.`,
          edits: [replaceAt(place, best.id)],
          score: best.score,
        },
      }),
    },
  ];
}

function nearestPlace(id: string, places: readonly HomePlace[]) {
  const wanted = wordsOf(id);
  const scored = places.map((place) => ({
    ...place,
    score: Math.max(
      ...[place.id, place.name, ...place.aliases].map(
        (text) => likeness(wanted, wordsOf(text), "").score,
      ),
    ),
  }));
  const best = scored.sort((a, b) => b.score - a.score)[0];
  return best && best.score >= 0.6 ? best : undefined;
}
