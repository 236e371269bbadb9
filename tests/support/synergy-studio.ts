import type { FakeHomeAssistant } from "./fake-home-assistant/fake-home-assistant.ts";
import { seeded } from "./made-changes.ts";
import { type Became, createPlantedPast } from "./planted-past.ts";

// A studio that was lived in so that there is a synergy of each type, and beside each something of which none is told.

/** Of which the last 28 are looked at, and all for habits. */
export const DAYS = 40;
export const PROJECTOR = "media_player.projector";
export const WINDOW = "binary_sensor.studio_window";
export const SKY = "weather.forecast_home";
export const SHELVES = ["light.shelf_left", "light.shelf_middle", "light.shelf_right"];
/** Days ago that lie within the 28 days, whatever the time is now. */
export const RECENT = Array.from({ length: 26 }, (_, n) => n + 1);
const MIA = "person.mia";
/** Its remote turns it off, but not on. */
const TV = "media_player.studio_tv";
const GAMES = [2, 7, 12, 17, 23];
const VACATION = { from: 17, to: 10 };

/** What is needed beside what the studio has, and near each thing one of which nothing is to be told. */
export function furnish(house: FakeHomeAssistant): void {
  const add = (entityId: string, state: string, attributes: Readonly<Record<string, unknown>>) => {
    house.addEntity({ entityId, state, attributes, areaId: "hallway" });
  };
  const power = { device_class: "power", unit_of_measurement: "W", state_class: "measurement" };
  add("sensor.washing_machine_power", "0", { friendly_name: "Washing machine power", ...power });
  add("sensor.dryer_power", "0", { friendly_name: "Dryer power", ...power });
  const team = { league: "NFL", sport: "football" };
  add("sensor.seahawks", "PRE", { team_abbr: "SEA", team_name: "Seahawks", ...team });
  add("sensor.bears", "PRE", { team_abbr: "CHI", team_name: "Bears", ...team });
  add("calendar.vacation", "off", { friendly_name: "Vacation" });
  add("calendar.birthdays", "off", { friendly_name: "Birthdays" });
  const damp = { device_class: "humidity", unit_of_measurement: "%", state_class: "measurement" };
  add("sensor.hallway_humidity", "50", { friendly_name: "Hallway humidity", ...damp });
  add("fan.hallway", "off", { friendly_name: "Hallway fan", supported_features: 48 });
  const player = { device_class: "tv", supported_features: 384 };
  add(PROJECTOR, "off", { friendly_name: "Projector", ...player });
  add("lock.front", "locked", { friendly_name: "Front door" });
  add("lock.cellar", "locked", { friendly_name: "Cellar" });
  const light = { supported_color_modes: ["onoff"], color_mode: "onoff" };
  add("light.aquarium", "on", { friendly_name: "Aquarium", ...light });
  for (const entityId of SHELVES) {
    house.addEntity({ entityId, state: "off", attributes: light, areaId: "studio" });
  }
}

const on = (days: readonly number[], ...acts: readonly (readonly [number, string])[]): Became[] =>
  days.flatMap((day) => acts.map(([hour, state]): Became => [day, hour, state]));
/** Each nth of them. */
export const every = (days: readonly number[], nth: number) =>
  days.filter((day) => day % nth === 0);
const ALL = Array.from({ length: DAYS }, (_, n) => DAYS - n);
const isVacation = (day: number) => day <= VACATION.from && day > VACATION.to;

/** The folder of a HomeIQ that was there for as long. */
export async function livedIn(): Promise<string> {
  const { plant, write } = createPlantedPast();
  const random = seeded(5);
  const byMia = { person: MIA };
  // Away by day; a light forgotten on some of the days, and one that is always on.
  plant(MIA, {}, [DAYS, 0, "home"], ...on(RECENT, [10, "not_home"], [17, "home"]));
  plant("light.studio_ceiling_light", byMia, [DAYS, 0, "off"]);
  const forgotten = every(RECENT, 4);
  plant("light.studio_ceiling_light", byMia, ...on(forgotten, [9.5, "on"], [17.5, "off"]));
  plant("light.aquarium", {}, [DAYS, 0, "on"]);
  // A lamp at any time: what people do is known, and it is no habit.
  for (const day of ALL) {
    const hour = 10 + random() * 11;
    plant("light.studio_floor_lamp", byMia, [day, hour, "on"], [day, hour + 0.9, "off"]);
  }
  // The hall's light at seven, except in the vacation.
  for (const day of ALL.filter((one) => !isVacation(one))) {
    const hour = 7 + random() * 0.15;
    plant("light.hallway_ceiling_light", byMia, [day, hour, "on"], [day, hour + 0.5, "off"]);
  }
  plant("calendar.vacation", {}, [DAYS, 0, "off"], [VACATION.from, 0, "on"]);
  plant("calendar.vacation", {}, [VACATION.to, 0, "off"]);
  plant("calendar.birthdays", {}, [DAYS, 0, "off"], ...on([30, 20, 5], [0, "on"], [24, "off"]));
  // Three lights together, at any time, and none of them always first.
  for (const day of ALL) {
    const hour = 11 + random() * 10;
    for (const [n, entityId] of SHELVES.entries()) {
      const place = [n, (n + day) % 3, (2 * n + day) % 3][day % 3] as number;
      const until = hour + 0.7 + random();
      plant(entityId, byMia, [day, hour + place / 120, "on"], [day, until, "off"]);
    }
  }
  // The washing machine at the dearest hours, the dryer at the cheapest.
  const price = { unit: "EUR/kWh" };
  plant("homeiq.electricity_price", price, ...on([28, 27, ...RECENT], [1, "0.1"], [4, "0.3"]));
  const run = (hour: number) => [[hour, "1200"] as const, [hour + 1, "0"] as const];
  const washed = every(RECENT, 2);
  plant("sensor.washing_machine_power", { unit: "W" }, [DAYS, 0, "0"], ...on(washed, ...run(19)));
  plant("sensor.dryer_power", { unit: "W" }, [DAYS, 0, "0"], ...on(washed, ...run(2)));
  // Games of two teams: for one of them the TV is turned on.
  plant("sensor.seahawks", {}, [DAYS, 0, "PRE"], ...on(GAMES, [19, "IN"], [22, "POST"]));
  const others = GAMES.map((day) => day + 1);
  plant("sensor.bears", {}, [DAYS, 0, "PRE"], ...on(others, [15, "IN"], [18, "POST"]));
  for (const entityId of [PROJECTOR, TV]) {
    plant(entityId, byMia, [DAYS, 0, "off"], ...on(GAMES, [18.5, "on"], [22, "off"]));
  }
  // Damp on every second morning, with the fan on for the last of three hours.
  const damp = every(RECENT, 2);
  const unit = { unit: "%" };
  plant("sensor.hallway_humidity", unit, [DAYS, 0, "50"], ...on(damp, [7, "75"], [10, "50"]));
  plant("fan.hallway", {}, [DAYS, 0, "off"], ...on(damp, [9, "on"], [10, "off"]));
  // One lock open in four nights, the other never.
  const open = [4, 11, 18, 25];
  plant("lock.front", {}, [DAYS, 0, "locked"], ...on(open, [22.5, "unlocked"], [30.5, "locked"]));
  plant("lock.cellar", {}, [DAYS, 0, "locked"]);
  // Four showers; the window is open in two of them for an hour.
  const showers = [3, 9, 15, 21];
  plant(SKY, {}, [DAYS, 0, "cloudy"], ...on(showers, [18, "rainy"], [20, "cloudy"]));
  plant(WINDOW, {}, [DAYS, 0, "off"], ...on([3, 15], [17.5, "on"], [19, "off"]));
  return write();
}
