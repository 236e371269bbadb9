/** Things a person can operate; a change of anything else is an observation, never a human action. */
const OPERABLE = new Set([
  "light",
  "switch",
  "fan",
  "cover",
  "lock",
  "climate",
  "media_player",
  "valve",
  "humidifier",
  "siren",
  "water_heater",
  "vacuum",
  "lawn_mower",
  "alarm_control_panel",
  "select",
  "number",
  "input_boolean",
  "input_number",
  "input_select",
  "input_text",
  "input_datetime",
  "input_button",
  "button",
  "event",
]);

/** Whether a person can operate entities of this domain. */
export const isOperable = (domain: string): boolean => OPERABLE.has(domain);
