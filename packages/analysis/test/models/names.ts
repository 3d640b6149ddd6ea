import type { LibraryModel } from "../../src/models/model.ts";
import type { Declarations, Type } from "./declarations.ts";

/** What the names of resources stand for in the declarations. */
export interface ResourceTypes {
  /** The types of that full name, in each module of its model. */
  of(full: string): readonly Type[];
  /** Whether a type is what the name says, or extends it. */
  matches(type: Type, full: string): boolean;
  /** Whether one type is another, extends it, or can stand for it. */
  isOrExtends(type: Type, expected: Type): boolean;
  /** The types of the resources that extend another one, directly or not. */
  heirs(full: string): readonly Type[];
}

export function resourceTypes(
  libraries: readonly LibraryModel[],
  { bases, checker, parts, type }: Declarations,
  unnamed: ReadonlySet<string>,
): ResourceTypes {
  const of = (full: string): readonly Type[] => {
    const [home] = libraries
      .map(({ modules: [first = ""] }) => first)
      .filter((module) => full.startsWith(`${module}.`))
      .sort((left, right) => right.length - left.length);
    if (home === undefined) return [];
    const modules = libraries.filter((model) => model.modules[0] === home).flatMap((model) => model.modules);
    return [...new Set(modules)].flatMap((module) => type(module, full.slice(home.length + 1)) ?? []);
  };
  const isOrExtends = (one: Type, expected: Type): boolean => {
    const alias = expected.aliasSymbol;
    if (!alias && one.getSymbol() !== undefined && one.getSymbol() === expected.getSymbol()) return true;
    if (alias && one.aliasSymbol === alias) return true;
    if (one.isIntersection() && one.types.some((part) => isOrExtends(part, expected))) return true;
    if (bases(one).some((base) => isOrExtends(base, expected))) return true;
    // `any` can stand for everything, and proves nothing.
    return !isAny(one) && !isAny(expected) && checker.isTypeAssignableTo(one, expected);
  };
  const heirNames = (full: string): string[] =>
    libraries
      .flatMap((model) =>
        Object.entries(model.resources ?? {})
          .filter(([, { extends: names = [] }]) => names.some((name) => fullName(model, name) === full))
          .map(([name]) => `${model.modules[0] ?? ""}.${name}`),
      )
      .flatMap((name) => [name, ...heirNames(name)]);
  return {
    of,
    isOrExtends,
    matches: (one, full) =>
      unnamed.has(full) || parts(one).some((part) => of(full).some((each) => isOrExtends(part, each))),
    heirs: (full) => heirNames(full).flatMap(of),
  };
}

export function fullName({ modules: [home = ""] }: LibraryModel, name: string): string {
  return name.includes(".") ? name : `${home}.${name}`;
}

export function isAny({ flags }: Type): boolean {
  return (flags & 1) !== 0;
}
