import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { entitiesOf, type Found, keyPath, type Subject } from "./subject.ts";

/** Of which domains the entities are that a purpose speaks of, where its name says it. Others are not judged. */
const DOMAINS: Readonly<Record<string, readonly string[]>> = {
  light: ["light"],
  switch: ["switch", "input_boolean"],
  fan: ["fan"],
  lock: ["lock"],
  climate: ["climate"],
  media_player: ["media_player"],
  vacuum: ["vacuum"],
  valve: ["valve"],
  siren: ["siren"],
  humidifier: ["humidifier"],
  water_heater: ["water_heater"],
  lawn_mower: ["lawn_mower"],
  alarm_control_panel: ["alarm_control_panel"],
  button: ["button", "input_button"],
  select: ["select", "input_select"],
  motion: ["binary_sensor"],
  occupancy: ["binary_sensor"],
  door: ["binary_sensor", "cover"],
  window: ["binary_sensor", "cover"],
  garage_door: ["binary_sensor", "cover"],
  cover: ["cover"],
  timer: ["timer"],
  counter: ["counter"],
  update: ["update"],
};
/** Contacts and detectors are told apart by their class. */
const CLASSES = new Set(["motion", "occupancy", "door", "window", "garage_door"]);

/** Triggers and conditions of one purpose whose entities are none of its kind: they never fire, never hold. */
export function findPurposeMismatches(subject: Subject): Found[] {
  const { nodes, home } = subject;
  return [...nodes.triggers, ...nodes.awaited, ...nodes.conditions].flatMap((node): Found[] => {
    if (node.kind !== "purpose") return [];
    const [purpose = ""] = node.key.split(".");
    const domains = DOMAINS[purpose];
    const named = {
      entityIds: [],
      deviceIds: [],
      areaIds: [],
      floorIds: [],
      labelIds: [],
      ...node.target,
    };
    const targets = entitiesOf(named, home);
    if (!domains || targets.length === 0) return [];
    const fits = ({ domain, attributes }: HomeEntity) =>
      domains.includes(domain) &&
      (domain !== "binary_sensor" || !CLASSES.has(purpose) || attributes.device_class === purpose);
    if (targets.some(fits)) return [];
    const [first] = targets;
    const path = keyPath(subject, node, "target.entity_id", "target");
    const more = targets.length > 1 ? ` and ${targets.length - 1} more are` : " is";
    const message = `\`${node.key}\` looks at ${purpose.replaceAll("_", " ")} entities; ${first?.name}${more} none.`;
    return [{ code: "wrong_purpose", severity: "error", path, message, facts: { key: node.key } }];
  });
}
