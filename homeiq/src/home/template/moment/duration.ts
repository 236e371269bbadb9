import {
  BoundMethod,
  type Definitions,
  functionsOf,
  modulo,
  numberOf,
  PythonObject,
  roundHalfEven,
  toFloat,
} from "../python/python.ts";
import { failure } from "../run.ts";

export const SECOND_US = 1_000_000;
export const DAY_US = 86_400 * SECOND_US;

/** Python's `timedelta`. */
export class Duration extends PythonObject {
  readonly typeName = "timedelta";
  readonly qualifiedName = "datetime.timedelta";
  readonly microseconds: number;

  constructor(microseconds: number) {
    super();
    if (!Number.isFinite(microseconds) || Math.abs(microseconds) > 999_999_999 * DAY_US) {
      throw failure("OverflowError", "days=… ; must have magnitude <= 999999999");
    }
    this.microseconds = Math.round(microseconds) + 0;
  }

  get days(): number {
    return Math.floor(this.microseconds / DAY_US);
  }

  override text(): string {
    const { days } = this;
    const rest = modulo(this.microseconds, DAY_US);
    const seconds = Math.floor(rest / SECOND_US);
    const two = (value: number) => String(value).padStart(2, "0");
    const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    const micros = rest % SECOND_US;
    const fraction = micros === 0 ? "" : `.${String(micros).padStart(6, "0")}`;
    const unit = Math.abs(days) === 1 ? "day" : "days";
    return `${days === 0 ? "" : `${days} ${unit}, `}${clock}${fraction}`;
  }

  override repr(): string {
    const rest = modulo(this.microseconds, DAY_US);
    const parts = [
      ["days", this.days],
      ["seconds", Math.floor(rest / SECOND_US)],
      ["microseconds", rest % SECOND_US],
    ] as const;
    const shown = parts
      .filter(([, value]) => value !== 0)
      .map(([name, value]) => `${name}=${value}`);
    return `datetime.timedelta(${shown.join(", ") || "0"})`;
  }

  override truthy(): boolean {
    return this.microseconds !== 0;
  }

  override equals(other: unknown): boolean {
    return other instanceof Duration && other.microseconds === this.microseconds;
  }

  override order(other: unknown): number | undefined {
    return other instanceof Duration ? this.microseconds - other.microseconds : undefined;
  }

  override key(): unknown {
    return `\0duration ${this.microseconds}`;
  }

  override attribute(name: string): unknown {
    const rest = modulo(this.microseconds, DAY_US);
    if (name === "days") return this.days;
    if (name === "seconds") return Math.floor(rest / SECOND_US);
    if (name === "microseconds") return rest % SECOND_US;
    const method = methods.get(name);
    return method === undefined ? undefined : new BoundMethod(this, method);
  }

  override binary(operator: string, other: unknown, reversed: boolean): unknown {
    const { microseconds } = this;
    if (operator === "sign") return other === "-" ? new Duration(-microseconds) : this;
    if (operator === "abs") return new Duration(Math.abs(microseconds));
    if (other instanceof Duration) {
      const [a, b] = reversed
        ? [other.microseconds, microseconds]
        : [microseconds, other.microseconds];
      if (operator === "+") return new Duration(a + b);
      if (operator === "-") return new Duration(a - b);
      if (b === 0 && "/%".includes(operator.charAt(0))) throw divisionByZero();
      if (operator === "/") return toFloat(a / b);
      if (operator === "//") return Math.floor(a / b);
      return operator === "%" ? new Duration(modulo(a, b)) : undefined;
    }
    const number = numberOf(other);
    if (number === undefined) return undefined;
    if (operator === "*") return new Duration(roundHalfEven(microseconds * number, 0));
    if (reversed || !operator.startsWith("/")) return undefined;
    if (number === 0) throw divisionByZero();
    if (operator === "/") return new Duration(roundHalfEven(microseconds / number, 0));
    return new Duration(Math.floor(microseconds / number));
  }
}

const divisionByZero = () => failure("ZeroDivisionError", "division by zero");

const METHODS: Definitions = {
  total_seconds: ["self", (_, [self]) => toFloat((self as Duration).microseconds / SECOND_US)],
};
const methods = functionsOf(METHODS);
