/** What one field of an action takes, on one entity. */
export interface FieldCapability {
  readonly name: string;
  readonly kind: "number" | "option" | "boolean" | "text" | "any";
  readonly required?: boolean;
  /** Inclusive. */
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly unit?: string;
  /** All that it takes; a text that is not among them does nothing or fails. */
  readonly options?: readonly string[];
}

/** An action that an entity carries out, and the fields that have an effect on it. */
export interface ActionCapability {
  readonly action: string;
  readonly fields: readonly FieldCapability[];
}

type Attributes = Readonly<Record<string, unknown>>;

export const number = (
  name: string,
  range: { min?: number | undefined; max?: number | undefined; step?: number; unit?: string } = {},
): FieldCapability => ({
  name,
  kind: "number",
  ...(range.min !== undefined && { min: range.min }),
  ...(range.max !== undefined && { max: range.max }),
  ...(range.step !== undefined && { step: range.step }),
  ...(range.unit !== undefined && { unit: range.unit }),
});

/** Without a list of options any text is believed. */
export const option = (name: string, options: readonly string[] | undefined): FieldCapability => ({
  name,
  kind: "option",
  ...(options && { options }),
});

export const boolean = (name: string): FieldCapability => ({ name, kind: "boolean" });
export const text = (name: string): FieldCapability => ({ name, kind: "text" });
export const any = (name: string): FieldCapability => ({ name, kind: "any" });
export const required = (field: FieldCapability): FieldCapability => ({ ...field, required: true });

export function numberOf(attributes: Attributes, name: string): number | undefined {
  const value = attributes[name];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function textsOf(attributes: Attributes, name: string): readonly string[] | undefined {
  const value = attributes[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : undefined;
}
