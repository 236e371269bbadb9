import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The files of a demo house, in an empty configuration folder. `more` is YAML beside what every house has. */
export function writeConfiguration(folder: string, port: number, more: string): void {
  const text = CONFIGURATION.replace("PORT", String(port)) + more;
  writeFileSync(join(folder, "configuration.yaml"), text);
  writeFileSync(join(folder, "automations.yaml"), AUTOMATIONS);
  writeFileSync(join(folder, "scripts.yaml"), SCRIPTS);
  writeFileSync(join(folder, "scenes.yaml"), SCENES);
}

const CONFIGURATION = `
homeassistant:
  name: Demo house
  country: DE
  language: en
  currency: EUR
  time_zone: Europe/Berlin
  unit_system: metric
  latitude: 52.52
  longitude: 13.4
  elevation: 34
http:
  server_port: PORT
  server_host: 127.0.0.1
api:
websocket_api:
config:
onboarding:
history:
logbook:
trace:
person:
sun:
system_log:
repairs:
energy:
search:
demo:
recorder:
  commit_interval: 1
logger:
  default: warning
input_boolean:
  guests:
    name: Guests
automation: !include automations.yaml
script: !include scripts.yaml
scene: !include scenes.yaml
`;

const AUTOMATIONS = `
- id: "guests_come"
  alias: Guests come
  triggers:
    - trigger: state
      entity_id: input_boolean.guests
      to: "on"
  conditions: []
  actions:
    - action: light.turn_on
      target:
        entity_id: light.bed_light
      data:
        brightness_pct: 40
  mode: single
`;

const SCRIPTS = `
good_night:
  alias: Good night
  sequence:
    - action: light.turn_off
      target:
        entity_id: light.kitchen_lights
`;

const SCENES = `
- id: "dinner"
  name: Dinner
  entities:
    light.office_rgbw_lights:
      state: "off"
`;
