/** Where in the template's text a node starts: an index of its characters. */
interface At {
  readonly at: number;
}

export interface Args {
  readonly args: readonly Expression[];
  readonly named: readonly (readonly [string, Expression])[];
  /** `*rest` */
  readonly rest?: Expression | undefined;
  /** `**restNamed` */
  readonly restNamed?: Expression | undefined;
}

/** A number of the source; `5.0` is a float although its value is whole. */
export interface NumberLiteral extends At {
  readonly kind: "number";
  readonly value: number;
  readonly float: boolean;
}

export interface Literal extends At {
  readonly kind: "literal";
  readonly value: string | boolean | null;
}

export interface Name extends At {
  readonly kind: "name";
  readonly name: string;
}

export interface Sequence extends At {
  readonly kind: "list" | "tuple";
  readonly items: readonly Expression[];
}

export interface Pairs extends At {
  readonly kind: "dict";
  readonly pairs: readonly (readonly [Expression, Expression])[];
}

export interface Unary extends At {
  readonly kind: "unary";
  readonly operator: "-" | "+" | "not";
  readonly operand: Expression;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "and" | "or";
export interface Binary extends At {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in";
/** `a < b < c` is one: each operand is compared with the one before it. */
export interface Compare extends At {
  readonly kind: "compare";
  readonly first: Expression;
  readonly operations: readonly (readonly [Comparison, Expression])[];
}

export interface Concat extends At {
  readonly kind: "concat";
  readonly parts: readonly Expression[];
}

export interface Conditional extends At {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly yes: Expression;
  readonly no?: Expression | undefined;
}

export interface Attribute extends At {
  readonly kind: "attribute";
  readonly of: Expression;
  readonly name: string;
}

export interface Item extends At {
  readonly kind: "item";
  readonly of: Expression;
  readonly key: Expression | Slice;
}

export interface Slice extends At {
  readonly kind: "slice";
  readonly start?: Expression | undefined;
  readonly stop?: Expression | undefined;
  readonly step?: Expression | undefined;
}

export interface Call extends At, Args {
  readonly kind: "call";
  readonly callee: Expression;
}

export interface Filter extends At, Args {
  readonly kind: "filter";
  readonly name: string;
  /** Absent: the body of the block around it. */
  readonly of?: Expression | undefined;
}

export interface Test extends At, Args {
  readonly kind: "test";
  readonly name: string;
  readonly of: Expression;
}

export type Expression =
  | NumberLiteral
  | Literal
  | Name
  | Sequence
  | Pairs
  | Unary
  | Binary
  | Compare
  | Concat
  | Conditional
  | Attribute
  | Item
  | Call
  | Filter
  | Test;

/** What can be assigned to: a name, several of them, or an attribute of a namespace. */
export type Target =
  | Name
  | { readonly kind: "targets"; readonly targets: readonly Target[]; readonly at: number }
  | {
      readonly kind: "namespaced";
      readonly name: string;
      readonly attribute: string;
      readonly at: number;
    };

export interface Signature {
  readonly names: readonly string[];
  /** Those of the last names. */
  readonly defaults: readonly Expression[];
}

export type Body = readonly Statement[];

export type Statement =
  | (At & { readonly kind: "text"; readonly text: string })
  | (At & { readonly kind: "print"; readonly value: Expression })
  | (At & { readonly kind: "set"; readonly target: Target; readonly value: Expression })
  | (At & {
      readonly kind: "set block";
      readonly target: Target;
      readonly filter?: Filter | undefined;
      readonly body: Body;
    })
  | (At & {
      readonly kind: "for";
      readonly target: Target;
      readonly of: Expression;
      readonly test?: Expression | undefined;
      readonly recursive: boolean;
      readonly body: Body;
      readonly otherwise: Body;
    })
  | (At & {
      readonly kind: "if";
      readonly branches: readonly { readonly test: Expression; readonly body: Body }[];
      readonly otherwise: Body;
    })
  | (At & {
      readonly kind: "with";
      readonly values: readonly (readonly [Target, Expression])[];
      readonly body: Body;
    })
  | (At & {
      readonly kind: "macro";
      readonly name: string;
      readonly signature: Signature;
      readonly body: Body;
    })
  | (At & {
      readonly kind: "call block";
      readonly call: Call;
      readonly signature: Signature;
      readonly body: Body;
    })
  | (At & { readonly kind: "filter block"; readonly filter: Filter; readonly body: Body })
  | (At & { readonly kind: "do"; readonly value: Expression })
  | (At & { readonly kind: "break" | "continue" })
  | (At & { readonly kind: "block"; readonly name: string; readonly body: Body })
  | (At & {
      /** Needs other files of the house. `names` are those that it makes known here. */
      readonly kind: "import" | "include" | "extends";
      readonly file: Expression;
      readonly names: readonly string[];
    });
