import type { Kind } from "#lib/automation-api.ts";

/** What a new draft of each kind begins with: the shape, to be filled. */
export const START: Readonly<Record<Kind, string>> = {
  automation: `alias: ""
description: ""
triggers:
  - trigger: state
    entity_id: binary_sensor.hall_motion
    to: "on"
conditions: []
actions:
  - action: light.turn_on
    target:
      entity_id: light.hall
mode: single
`,
  script: `alias: ""
description: ""
sequence:
  - action: light.turn_off
    target:
      entity_id: light.hall
mode: single
`,
  scene: `name: ""
entities:
  light.hall:
    state: "on"
    brightness: 120
`,
};
