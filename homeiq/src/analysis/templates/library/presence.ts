import { LIGHT, PERSON, PLAYER } from "../kinds/kinds.ts";
import { everybodyLeaves, tell, turnOff, turns } from "../parts/parts.ts";
import { all, minutes, one, people, text } from "../slot.ts";
import { define } from "../template.ts";

const AWAY = minutes("away_for", { usual: 5, max: 59 }); // phones lose the house for a minute or two

/** Who comes and who goes. */
export const PRESENCE = [
  define({
    id: "lights_off_when_leaving",
    category: "lighting",
    saves: ["energy", "time"],
    per: "home",
    slots: { lights: all(LIGHT), people: all(PERSON), wait: AWAY },
    build: ({ lights, wait }) => ({
      triggers: [everybodyLeaves({ for: wait })],
      actions: turnOff(lights),
    }),
  }),
  define({
    id: "players_off_when_leaving",
    category: "media",
    saves: ["energy"],
    per: "home",
    slots: { players: all(PLAYER), people: all(PERSON), wait: AWAY },
    build: ({ players, wait }) => ({
      triggers: [everybodyLeaves({ for: wait })],
      actions: turnOff(players),
    }),
  }),
  define({
    id: "person_comes_home",
    category: "security",
    saves: ["comfort"],
    per: "home",
    slots: {
      person: one(PERSON, { ask: true, least: 2 }),
      notify: people,
      message: text({ which: "{{ trigger.to_state.name }}" }),
    },
    build: ({ person, notify, message }) => ({
      triggers: [turns(person, "home")],
      actions: tell(notify, message),
    }),
  }),
];
