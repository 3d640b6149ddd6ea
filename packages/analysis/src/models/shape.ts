/** Checks that a value has a shape; throws an error that names the path, what is there and what would be right. */
export type Check = (value: unknown, path: string) => void;

export const text: Check = (value, path) => {
  if (typeof value !== "string") fail(path, "must be a string", value);
};

export const flag: Check = (value, path) => {
  if (typeof value !== "boolean") fail(path, "must be a boolean", value);
};

export const count: Check = (value, path) => {
  if (typeof value !== "number" || !(value >= 0)) fail(path, "must be a number from 0 on", value);
};

/** One of these values. */
export function oneOf(...allowed: readonly string[]): Check {
  return (value, path) => {
    if (!allowed.includes(value as string)) fail(path, `must be ${choice(allowed)}`, value, near(value, allowed));
  };
}

/** What passes one of two checks; it fails as the first one fails where the value is of the first one's type. */
export function either(isFirst: (value: unknown) => boolean, first: Check, second: Check): Check {
  return (value, path) => {
    (isFirst(value) ? first : second)(value, path);
  };
}

export function list(item: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) fail(path, "must be an array", value);
    (value as unknown[]).forEach((each, index) => {
      item(each, `${path}[${index.toString()}]`);
    });
  };
}

/** An object with any keys. */
export function record(item: Check): Check {
  return (value, path) => {
    for (const [key, each] of entries(value, path)) item(each, member(path, key));
  };
}

/** An object with these keys and no others. */
export function object<Model extends object>(
  fields: { readonly [Key in keyof Model]-?: Check },
  ...required: readonly (string & keyof Model)[]
): Check {
  const known = Object.keys(fields);
  return (value, path) => {
    const given = entries(value, path);
    for (const [key, each] of given) {
      if (!known.includes(key)) {
        throw new Error(
          `${member(path, key)} is not known${near(key, known) ?? "."} Known here: ${known.toSorted().join(", ")}.`,
        );
      }
      if (each !== undefined) (fields as Readonly<Record<string, Check>>)[key]?.(each, member(path, key));
    }
    for (const key of required) {
      if ((value as Readonly<Record<string, unknown>>)[key] === undefined)
        throw new Error(`${path} must have \`${key}\`.`);
    }
  };
}

/** An object whose property `role` says which of these shapes it has. */
export function byRole(shapes: Readonly<Record<string, Check>>): Check {
  const role = oneOf(...Object.keys(shapes));
  return (value, path) => {
    entries(value, path);
    const { role: given } = value as { readonly role?: unknown };
    if (given === undefined) throw new Error(`${path} must have \`role\`: ${choice(Object.keys(shapes))}.`);
    role(given, `${path}.role`);
    shapes[given as string]?.(value, path);
  };
}

/** Fails with a sentence about a path. */
export function fail(path: string, must: string, value: unknown, hint = "."): never {
  throw new Error(`${path} ${must}, but is ${show(value)}${hint}`);
}

/** A hint at the name that was probably meant. */
export function near(name: unknown, known: readonly string[]): string | undefined {
  if (typeof name !== "string") return undefined;
  const [best] = known
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance: far }) => far <= Math.max(1, Math.floor(candidate.length / 3)))
    .toSorted((left, right) => left.distance - right.distance);
  return best && `; did you mean \`${best.candidate}\`?`;
}

/** How many letters have to be changed, put in or left out (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function entries(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) fail(path, "must be an object", value);
  return Object.entries(value);
}

export function member(path: string, key: string): string {
  return /^[\w$]+$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function choice(allowed: readonly string[]): string {
  const names = allowed.map((name) => JSON.stringify(name));
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function") return "a function";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
