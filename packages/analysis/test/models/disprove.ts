import type { ApiModel, CapacityModel, LibraryModel } from "../../src/models/model.ts";
import type { ResourceModel } from "../../src/models/resource.ts";
import { disproveCall, hasOption } from "./calls.ts";
import type { Declarations, Type } from "./declarations.ts";
import { disproveKinds } from "./kinds.ts";
import { fullName, isAny, resourceTypes } from "./names.ts";
import type { ResourceTypes } from "./names.ts";

export interface Exceptions {
  /** Resources whose type has no name: they are checked by what gives them. */
  readonly unnamed: ReadonlySet<string>;
  /** Interfaces that declare less than what they are said to extend. */
  readonly partial: ReadonlySet<string>;
  /** Modules that are like the first one of their model, and not installed. */
  readonly alike: ReadonlySet<string>;
}

/**
 * Holds a model to the declarations of the packages that it describes; `libraries` are all whose resources it may name.
 * Returns what is not so, in sentences that begin with the place.
 */
export function disprove(
  model: LibraryModel,
  libraries: readonly LibraryModel[],
  declarations: Declarations,
  exceptions: Exceptions,
): string[] {
  const [home = ""] = model.modules;
  const resources = resourceTypes(libraries, declarations, exceptions.unnamed);
  const missing = model.modules.filter((each) => !declarations.hasModule(each) && !exceptions.alike.has(each));
  const faults = missing.map((each) => `${each} is not in installed/modules.ts`);
  const valuesAt = (path: string): readonly Type[] => {
    const found = model.modules.flatMap((each) => declarations.value(each, path) ?? []);
    if (found.length === 0) faults.push(`${path} is no export`);
    return found;
  };
  for (const [path, api] of Object.entries(model.exports ?? {})) {
    const types = valuesAt(path);
    if (types.length > 0 && !path.endsWith(".*")) faults.push(...prefixed(path, disproveApi(declarations, types, api)));
  }
  for (const [path, call] of Object.entries(model.makes ?? {})) {
    const types = valuesAt(path);
    if (types.length > 0) faults.push(...prefixed(path, disproveCall(declarations, resources, model, types, call)));
  }
  for (const [path, name] of Object.entries(model.values ?? {})) {
    const full = fullName(model, name);
    if (!valuesAt(path).some((type) => resources.matches(type, full))) faults.push(`${path} is no ${full}`);
  }
  for (const name of Object.keys(model.types ?? {})) {
    const by = model.declaredBy === "node" ? ["stream", "global"] : [model.declaredBy ?? ""];
    if (!by.some((each) => declarations.type(each, name))) faults.push(`${name} is no type`);
  }
  for (const [name, resource] of Object.entries(model.resources ?? {})) {
    const full = `${home}.${name}`;
    if (!exceptions.unnamed.has(full)) {
      const partial = exceptions.partial.has(full);
      faults.push(...disproveResource(declarations, resources, model, full, resource, partial));
    } else if (resources.of(full).length > 0) faults.push(`${name} has a type of that name`);
  }
  return [...faults, ...disproveKinds(declarations, model)];
}

function disproveApi(declarations: Declarations, types: readonly Type[], api: ApiModel): string[] {
  if (types.some(isAny)) return [];
  const calls = types.flatMap(declarations.signatures);
  if (calls.length === 0) return ["cannot be called"];
  const option = optionOf(api);
  return !option || hasOption(declarations, calls, option.argument, option.property)
    ? []
    : [`has no option ${option.property}`];
}

function optionOf(api: ApiModel): CapacityModel["option"] {
  if ("capacity" in api) return api.capacity.option;
  if (api.role === "limiter" && api.option !== undefined) return { argument: 0, property: api.option };
  return api.role === "map" ? { argument: 2, property: api.option } : undefined;
}

function disproveResource(
  declarations: Declarations,
  resources: ResourceTypes,
  model: LibraryModel,
  full: string,
  { extends: bases = [], properties = {}, methods = {}, events = {} }: ResourceModel,
  partial: boolean,
): string[] {
  const { property } = declarations;
  const types = resources.of(full);
  if (types.length === 0) return [`${full} is no type`];
  const faults: string[] = [];
  const memberOf = (key: string): readonly Type[] => {
    const found = types.flatMap((type) => property(type, key) ?? []);
    if (found.length === 0) faults.push(`${full}.${key} is no member`);
    return found;
  };
  for (const base of bases.map((name) => fullName(model, name))) {
    const holds = types.some((type) =>
      partial ? resources.of(base).some((each) => resources.isOrExtends(each, type)) : resources.matches(type, base),
    );
    if (!holds) faults.push(`${full} does not extend ${base}`);
  }
  for (const [key, name] of Object.entries(properties)) {
    if (key === "*") continue;
    const found = memberOf(key);
    const value = fullName(model, name);
    if (found.length > 0 && !found.some((type) => resources.matches(type, value))) {
      faults.push(`${full}.${key} is no ${value}`);
    }
  }
  for (const [key, call] of Object.entries(methods)) {
    // Every other member.
    if (key === "*") continue;
    const found = key === "@@call" || key === "@@tag" ? types : memberOf(key);
    const wrong = found.length > 0 ? disproveCall(declarations, resources, model, found, call) : [];
    faults.push(...prefixed(`${full}.${key}()`, wrong));
  }
  const holders = [...types, ...resources.heirs(full)];
  for (const [key, { state = [] }] of Object.entries(events)) {
    if (!["on", "once", "addEventListener"].some((name) => types.some((type) => property(type, name)))) {
      faults.push(`${full} has no events`);
    }
    for (const name of state) {
      if (!holders.some((type) => property(type, name))) faults.push(`${full} ${key}: ${name} is no member`);
    }
  }
  return faults;
}

function prefixed(place: string, faults: readonly string[]): string[] {
  return faults.map((fault) => `${place} ${fault}`);
}
