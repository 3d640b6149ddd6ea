import fc from "fast-check";

/** What can happen in a random program, each as often as its weight says: a multiple of `1 / parts`. */
export function kindsOf<Kind extends string>(
  weights: Readonly<Record<Kind, number>>,
  parts: number,
): fc.Arbitrary<Kind> {
  const all = Object.entries<number>(weights).map(([kind, weight]) => ({
    arbitrary: fc.constant(kind as Kind),
    weight: weight * parts,
  }));
  return fc.oneof(...all);
}
