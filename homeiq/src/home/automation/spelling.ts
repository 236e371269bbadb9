/** What people write instead of the key that Home Assistant knows. */
const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  entity: ["entity_id"],
  entities: ["entity_id"],
  device: ["device_id"],
  devices: ["device_id"],
  area: ["area_id"],
  areas: ["area_id"],
  floor: ["floor_id"],
  label: ["label_id"],
  labels: ["label_id"],
  name: ["alias"],
  title: ["alias"],
  type: ["trigger", "platform", "condition"],
  call: ["action", "service"],
  call_service: ["action", "service"],
  service: ["action"],
  params: ["data"],
  parameters: ["data"],
  service_data: ["data"],
  payload: ["data"],
  duration: ["for", "delay"],
  time: ["at"],
  value: ["state"],
  template: ["value_template"],
  actions: ["sequence", "action"],
  action: ["sequence"],
  steps: ["sequence"],
  condition: ["conditions"],
  otherwise: ["else", "default"],
  wait: ["delay"],
  days: ["weekday"],
  weekdays: ["weekday"],
  day: ["weekday"],
  inputs: ["input"],
};

/** The one among these that was meant, and how surely (0 to 1); `undefined` when none is near. */
export function nearest(
  written: string,
  known: Iterable<string>,
): { readonly word: string; readonly score: number } | undefined {
  const plain = bare(written);
  let best: { word: string; score: number } | undefined;
  for (const word of known) {
    const score = likeness(written, plain, word);
    if (score > (best?.score ?? 0)) best = { word, score };
  }
  return best;
}

function likeness(written: string, plain: string, word: string): number {
  if (OTHER_WORDS[written.toLowerCase()]?.includes(word)) return 0.9;
  const other = bare(word);
  if (plain === other) return 1;
  if (`${plain}s` === other || plain === `${other}s`) return 0.98;
  const longer = Math.max(plain.length, other.length);
  const distance = editDistance(plain, other);
  const allowed = longer <= 4 ? 1 : 2;
  return longer > 2 && distance <= allowed ? 0.95 - distance / longer / 2 : 0;
}

const bare = (word: string) => word.toLowerCase().replaceAll(/[\s_-]/g, "");

/** Steps of writing, leaving out, changing or swapping neighboring letters (optimal string alignment). */
export function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const steps = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same];
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        steps.push((before[j - 2] ?? 0) + 1);
      }
      next[j] = Math.min(...steps);
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
