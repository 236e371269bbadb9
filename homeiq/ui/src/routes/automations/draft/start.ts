/** What a new draft begins with: the shape, to be filled. */
export const START = `alias: ""
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
`;
