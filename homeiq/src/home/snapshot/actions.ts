/** One field of an action, as `get_services` describes it; sections are flattened. */
export interface ActionField {
  readonly required: boolean;
  /** The kind of selector, `number`, `select`, `entity`…, and its settings. */
  readonly selector?: {
    readonly kind: string;
    readonly options: Readonly<Record<string, unknown>>;
  };
  /** Only entities with this feature or attribute take the field. */
  readonly filter?: Readonly<Record<string, unknown>>;
}

/** Something that can be called, `light.turn_on`, as this Home Assistant announces it. */
export interface HomeAction {
  readonly id: string;
  readonly name?: string;
  readonly fields: ReadonlyMap<string, ActionField>;
  /** Absent: it takes no target. */
  readonly target?: {
    readonly domains: readonly string[];
    readonly integrations: readonly string[];
  };
  /** Whether it answers something: `always` must be called with a response variable. */
  readonly answers: "never" | "optional" | "always";
}

type Raw = Readonly<Record<string, unknown>>;

/** What `get_services` answers, by `domain.action`. Unknown parts are left out, never refused. */
export function toActions(services: Readonly<Record<string, unknown>>): Map<string, HomeAction> {
  const actions = new Map<string, HomeAction>();
  for (const [domain, listed] of Object.entries(services)) {
    for (const [name, raw] of Object.entries(map(listed))) {
      const id = `${domain}.${name}`;
      actions.set(id, toAction(id, map(raw)));
    }
  }
  return actions;
}

function toAction(id: string, raw: Raw): HomeAction {
  const fields = new Map<string, ActionField>();
  addFields(fields, map(raw.fields));
  const target = "target" in raw ? targetOf(raw.target) : undefined;
  return {
    id,
    ...(typeof raw.name === "string" && raw.name !== "" && { name: raw.name }),
    fields,
    ...(target && { target }),
    answers: answersOf(raw.response),
  };
}

function addFields(fields: Map<string, ActionField>, raw: Raw): void {
  for (const [name, value] of Object.entries(raw)) {
    const field = map(value);
    if (isMap(field.fields) && !("selector" in field)) {
      addFields(fields, field.fields);
      continue;
    }
    const [kind, options] = Object.entries(map(field.selector))[0] ?? [];
    fields.set(name, {
      required: field.required === true,
      ...(kind !== undefined && { selector: { kind, options: map(options) } }),
      ...(isMap(field.filter) && { filter: field.filter }),
    });
  }
}

function targetOf(raw: unknown): HomeAction["target"] {
  const filters = list(map(raw).entity).map(map);
  const all = (key: string) => filters.flatMap((one) => list(one[key]).map(String));
  // A filter without a domain lets every entity in.
  const open = filters.length === 0 || filters.some((one) => one.domain === undefined);
  return { domains: open ? [] : all("domain"), integrations: all("integration") };
}

function answersOf(response: unknown): HomeAction["answers"] {
  if (!isMap(response)) return "never";
  return response.optional === false ? "always" : "optional";
}

const isMap = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const map = (value: unknown): Raw => (isMap(value) ? value : {});

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
