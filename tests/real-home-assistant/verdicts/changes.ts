type Value = unknown;
type Keys = Readonly<Record<string, Value>>;

/** Put in the place of each value in turn: what people, editors and language models write there. */
const INSTEAD: readonly Value[] = [
  ...[null, "", "text", "5", "-1", "on", "No", 0, 5, -1, 2.5, 100_000, true, false],
  ...[[], ["on"], [1], [null], [{}], {}, { x: 1 }, { minutes: 5 }, { minutes: -5, x: 1 }],
  ...["{{ 1 }}", "{{ broken", "00:05", "25:00:00", "-00:05:00", "light.bed_light", "all", "none"],
  ...["Light.Bed_Light", "light.bed_light, light.kitchen_lights", "light. bed", "sensor.a"],
  ...[["light.bed_light", "light.kitchen_lights"], { entity_id: "light.bed_light" }],
  ...[["mon", "sun"], "mon", "sunrise", "SUNSET", "any", "last", "each", "above", "zone.home"],
];
const DEEP = 5;

const isKeys = (value: Value): value is Keys =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Everything that is one change away: a value replaced, a key left out, a key too many, one in a list or two. */
export function* changesOf(value: Value, depth = 0): Generator<Value> {
  yield* INSTEAD;
  if (depth === DEEP) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield value.toSpliced(index, 1);
      for (const changed of changesOf(item, depth + 1)) yield value.with(index, changed);
    }
  } else if (isKeys(value)) {
    yield { ...value, unknown_key: 1 };
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...others } = value;
      yield others;
      yield { ...others, [`${key}s`]: item };
      yield { ...value, [key]: [item] };
      for (const changed of changesOf(item, depth + 1)) yield { ...value, [key]: changed };
    }
  }
}
