/** What a JSON value looks like, over all samples that were seen of it. */
export interface Shape {
  /** "string", "number", "boolean", "null", "object", "array". */
  readonly types: Set<string>;
  readonly keys: Map<string, Shape>;
  readonly items: Shape | undefined;
  /** Of how many objects this is the shape, to tell keys that are always there. */
  readonly samples: number;
}

/** The shape of a value; `open` names paths whose inside is free data, such as attributes. */
export function shapeOf(value: unknown, open: (path: string) => boolean, path = ""): Shape {
  const none = { keys: new Map<string, Shape>(), items: undefined, samples: 1 };
  if (value === null || value === undefined) return { ...none, types: new Set(["null"]) };
  if (Array.isArray(value)) {
    const inside = open(path) ? [] : value.map((one) => shapeOf(one, open, `${path}[]`));
    const items = inside.length === 0 ? undefined : inside.reduce(merge);
    return { ...none, types: new Set(["array"]), items };
  }
  if (typeof value !== "object") return { ...none, types: new Set([typeof value]) };
  const keys = new Map<string, Shape>();
  if (!open(path)) {
    for (const [key, one] of Object.entries(value)) {
      keys.set(key, shapeOf(one, open, `${path}.${key}`));
    }
  }
  return { ...none, types: new Set(["object"]), keys };
}

function merge(one: Shape, other: Shape): Shape {
  const keys = new Map(one.keys);
  for (const [key, shape] of other.keys) {
    const known = keys.get(key);
    keys.set(key, known === undefined ? shape : merge(known, shape));
  }
  const items =
    one.items !== undefined && other.items !== undefined
      ? merge(one.items, other.items)
      : (one.items ?? other.items);
  const types = new Set([...one.types, ...other.types]);
  return { types, keys, items, samples: one.samples + other.samples };
}

/** Where the fake's shape could not come from the real one. Empty when it could. */
export function differences(real: Shape, fake: Shape, path = "$"): string[] {
  const known = [...real.types].filter((type) => type !== "null");
  const strange = [...fake.types].filter((type) => type !== "null" && !real.types.has(type));
  // null alone tells nothing of what else may stand there
  if (known.length > 0 && strange.length > 0) {
    return [`${path}: the fake has ${strange.join(", ")}, the real one ${known.join(", ")}`];
  }
  const found: string[] = [];
  for (const [key, shape] of fake.keys) {
    const same = real.keys.get(key);
    if (same !== undefined) found.push(...differences(same, shape, `${path}.${key}`));
    else if (real.keys.size > 0) found.push(`${path}.${key}: only the fake has it`);
  }
  for (const [key, shape] of real.keys) {
    const same = fake.keys.get(key);
    const always = shape.samples === real.samples;
    const alwaysInFake = same?.samples === fake.samples;
    if (always && fake.keys.size > 0 && !alwaysInFake) {
      found.push(
        `${path}.${key}: ${same === undefined ? "only the real one has it" : "not always in the fake"}`,
      );
    }
  }
  if (real.items !== undefined && fake.items !== undefined) {
    found.push(...differences(real.items, fake.items, `${path}[]`));
  }
  return found;
}
