/** What a call may be at most, whatever the settings say. */
export type Caution = "by_itself" | "ask_only" | "refused";

export interface Subject {
  readonly entityId: string;
  readonly name: string;
  readonly deviceClass?: string;
}

/** What lets somebody in, or lets something out. */
const DOORS = new Set(["garage", "garage_door", "door", "gate"]);
/** Cooks, heats or lets gas and water run: turning it on from afar burns houses down. */
const HOT =
  /\b(oven|stove|hob|cook|kettle|iron|heater|boiler|grill|gas|sauna|fryer|ofen|herd|heiz|boiler|fours?|cuisini|horno|forno|fornuis)/i;
/** Spoils, floods or cuts off when it is turned off. */
const VITAL =
  /\b(fridge|freezer|refrigerat|pump|router|modem|server|nas|alarm|medical|cpap|oxygen|aquarium|k[uü]hl|gefrier|pumpe|koel|vriezer|frigo|cong[eé]l)/i;

const isDoor = ({ deviceClass }: Subject) => DOORS.has(deviceClass ?? "");
const isHot = ({ name, entityId }: Subject) => HOT.test(`${name} ${wordsOf(entityId)}`);
const isVital = ({ name, entityId }: Subject) => VITAL.test(`${name} ${wordsOf(entityId)}`);
const wordsOf = (entityId: string) => entityId.replace(/[._]/g, " ");

const always = (caution: Caution) => () => caution;
const switchedOff = (subject: Subject): Caution => (isVital(subject) ? "ask_only" : "by_itself");

/** Only what is listed is ever called. An unlock, an opened door, a disarmed alarm is not among it. */
const CALLS: Readonly<Record<string, (subject: Subject) => Caution>> = {
  "light.turn_on": always("by_itself"),
  "light.turn_off": always("by_itself"),
  "fan.turn_on": always("by_itself"),
  "fan.turn_off": always("by_itself"),
  "humidifier.turn_off": always("by_itself"),
  "media_player.turn_on": always("by_itself"),
  "media_player.turn_off": always("by_itself"),
  "media_player.media_pause": always("by_itself"),
  "vacuum.return_to_base": always("by_itself"),
  "input_boolean.turn_on": always("by_itself"),
  "input_boolean.turn_off": always("by_itself"),
  "switch.turn_off": switchedOff,
  "switch.turn_on": (subject) => (isHot(subject) ? "refused" : "ask_only"),
  // What moves may catch a hand or a pet: doors only with somebody's consent.
  "cover.close_cover": (subject) => (isDoor(subject) ? "ask_only" : "by_itself"),
  "cover.open_cover": (subject) =>
    isDoor(subject) || subject.deviceClass === "window" ? "refused" : "by_itself",
  "climate.turn_off": always("ask_only"),
  "climate.set_hvac_mode": always("ask_only"),
  "climate.set_temperature": always("ask_only"),
  "climate.set_preset_mode": always("ask_only"),
  "lock.lock": always("ask_only"),
  "valve.close_valve": always("ask_only"),
};

/** What a call of this service may be for this entity. */
export const cautionOf = (service: string, subject: Subject): Caution =>
  Object.hasOwn(CALLS, service) ? (CALLS[service]?.(subject) ?? "refused") : "refused";

/**
 * Whether a person's undo may call this. What was closed by mistake may be opened again, save what lets people in;
 * what burns stays off.
 */
export function mayBringBack(service: string, subject: Subject): boolean {
  if (service.startsWith("cover.")) return !isDoor(subject);
  return service !== "switch.turn_on" || !isHot(subject);
}
