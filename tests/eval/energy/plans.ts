/** One device of a villa. */
export interface Plan {
  readonly name: string;
  readonly watts: readonly [number, number];
  /** Uses a day, and minutes of each. */
  readonly uses: number;
  readonly minutes: readonly [number, number];
  readonly hours: readonly [number, number];
  readonly kind: string;
  readonly hasMeter: boolean;
}

// name, watts, uses a day, minutes of a use, hours of the day, kind
const TABLE = `
light.kitchen            30-70      6    5-90     6-23   plain
light.hall               8-25       14   1-6      6-24   plain
light.bathroom           40-80      8    4-25     6-24   plain
light.dining_table       90-240     3    20-120   7-23   dimmer
light.study              40-60      2.5  30-200   8-23   plain
light.living_room        60-160     3    30-240   16-24  dimmer
switch.television        80-180     2    40-180   15-24  plain      own_sensor
switch.desk              90-260     2    60-300   8-22   plain
switch.coffee_machine    900-1500   3    3-12     6-17   plain
switch.kettle            1800-2200  4    2-5      6-22   plain
switch.oven              2000-3000  1    30-80    11-20  thermostat
switch.towel_rail        250-600    1.5  40-120   6-22   thermostat
fan.bedroom              40-60      1.5  60-300   12-24  plain
switch.pool_pump         350-800    2    60-200   9-20   motor
climate.bedroom          600-1100   1.2  60-240   12-24  motor
switch.garden_lights     20-60      1    120-300  17-20  plain
switch.heater_workshop   1000-2000  1    30-180   9-19   plain      own_sensor
switch.hobby_room        45-400     1.4  20-150   9-22   plain
switch.guest_mode        0-0        2    30-400   7-23   nothing
switch.camera_privacy    0-0        5    5-200    6-24   nothing
switch.child_lock        0-0        1    10-100   6-24   nothing
light.status_led         0.3-0.5    12   1-60     6-24   nothing
switch.radio_mute        0-0        8    1-30     6-24   nothing
`;

const toRange = (text = ""): [number, number] => {
  const [low = 0, high = 0] = text.split("-").map(Number);
  return [low, high];
};

export const PLANS: readonly Plan[] = TABLE.trim()
  .split("\n")
  .map((line) => {
    const [name = "", watts, uses, minutes, hours, kind = "plain", sensor] = line.split(/ +/);
    return {
      name,
      watts: toRange(watts),
      uses: Number(uses),
      minutes: toRange(minutes),
      hours: toRange(hours),
      kind,
      hasMeter: sensor !== undefined,
    };
  });
