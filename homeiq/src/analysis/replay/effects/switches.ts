import type { JsonMap } from "#home/automation/automation.ts";
import type { Attributes } from "../past/past.ts";
import type { EffectOf } from "./effects.ts";

type Entry = readonly [string, EffectOf];

const become =
  (state: string, attributes?: (data: JsonMap) => Attributes): EffectOf =>
  (data) => ({ state, ...(attributes ? { attributes: attributes(data) } : {}) });

const ON_OFF = [
  "switch",
  "input_boolean",
  "fan",
  "siren",
  "humidifier",
  "remote",
  "group",
  "automation",
];

const FULL_BRIGHTNESS = 255;
const LIGHT_FIELDS = ["color_temp_kelvin", "rgb_color", "hs_color", "xy_color", "effect"];

const turnLightOn: EffectOf = (data, state) => {
  const brightness = brightnessOf(data, state?.attributes.brightness);
  if (brightness === 0) return turnLightOff;
  const named = LIGHT_FIELDS.flatMap((name) => (name in data ? [[name, data[name]]] : []));
  return {
    state: "on",
    attributes: {
      ...Object.fromEntries(named),
      ...(brightness === undefined ? {} : { brightness }),
    },
  };
};

const turnLightOff = { state: "off", attributes: { brightness: null } };

function brightnessOf(data: JsonMap, now: unknown): number | undefined {
  const before = typeof now === "number" ? now : 0;
  const { brightness, brightness_pct: percent, brightness_step: step } = data;
  const stepPercent = data.brightness_step_pct;
  const within = (value: number) => Math.max(0, Math.min(FULL_BRIGHTNESS, Math.round(value)));
  if (brightness !== undefined) return within(Number(brightness));
  if (percent !== undefined) return within((Number(percent) * FULL_BRIGHTNESS) / 100);
  if (step !== undefined) return within(before + Number(step));
  if (stepPercent !== undefined)
    return within(before + (Number(stepPercent) * FULL_BRIGHTNESS) / 100);
  return undefined;
}

const opened: EffectOf = () => ({ state: "open", attributes: { current_position: 100 } });
const closed: EffectOf = () => ({ state: "closed", attributes: { current_position: 0 } });
const position: EffectOf = ({ position: wanted }) => ({
  state: Number(wanted) > 0 ? "open" : "closed",
  attributes: { current_position: Number(wanted) },
});

const ARM = ["away", "home", "night", "vacation", "custom_bypass"];

/** Things that are on or off, open or closed, locked or not. */
export const SWITCHES: readonly Entry[] = [
  ...ON_OFF.flatMap((domain): Entry[] => [
    [`${domain}.turn_on`, become("on")],
    [`${domain}.turn_off`, become("off")],
    [`${domain}.toggle`, (_, state) => ({ state: state?.state === "on" ? "off" : "on" })],
  ]),
  [
    "fan.set_percentage",
    ({ percentage }) => ({
      state: Number(percentage) > 0 ? "on" : "off",
      attributes: { percentage: Number(percentage) },
    }),
  ],
  [
    "humidifier.set_humidity",
    ({ humidity }, state) => state && { state: state.state, attributes: { humidity } },
  ],
  ["light.turn_on", turnLightOn],
  ["light.turn_off", () => turnLightOff],
  [
    "light.toggle",
    (data, state, now) => (state?.state === "on" ? turnLightOff : turnLightOn(data, state, now)),
  ],
  ...(["cover", "valve"] as const).flatMap((domain): Entry[] => [
    [`${domain}.open_${domain}`, opened],
    [`${domain}.close_${domain}`, closed],
    [`${domain}.set_${domain}_position`, position],
    [
      `${domain}.toggle`,
      (data, state, now) =>
        state?.state === "closed" ? opened(data, state, now) : closed(data, state, now),
    ],
  ]),
  ["lock.lock", become("locked")],
  ["lock.unlock", become("unlocked")],
  ["lock.open", become("open")],
  ...ARM.map((name): Entry => [`alarm_control_panel.alarm_arm_${name}`, become(`armed_${name}`)]),
  ["alarm_control_panel.alarm_disarm", become("disarmed")],
  ["alarm_control_panel.alarm_trigger", become("triggered")],
];
