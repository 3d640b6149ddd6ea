import type { ApiModel, LibraryModel } from "../../src/models/model.ts";
import type { Declarations, Type } from "./declarations.ts";
import { isAny } from "./names.ts";

/** Members of kinds that no type of that model has. */
export function disproveKinds(declarations: Declarations, model: LibraryModel): string[] {
  const faults: string[] = [];
  const found = typesByKind(declarations, model);
  // Kinds of one model share their members, so that one may have some that only another one needs.
  const types = [...found.values()].flat();
  for (const [kind, { members, otherwise }] of Object.entries(model.kinds ?? {})) {
    if (!found.has(kind)) faults.push(`${kind} is the kind of nothing`);
    // What a chain of calls gives has a type for each of its links.
    if (otherwise.role === "chain" || types.some(isAny)) continue;
    for (const name of Object.keys(members).filter((key) => !key.startsWith("@@"))) {
      if (!types.some((type) => declarations.property(type, name))) faults.push(`${kind}.${name} is no member`);
    }
  }
  return faults;
}

/** The types of each kind: declared so, given by exports, and what members of those give. */
function typesByKind(
  { property, signatures, parts, type: typeIn, value }: Declarations,
  { modules, exports = {}, types = {}, declaredBy = "", kinds = {} }: LibraryModel,
): ReadonlyMap<string, readonly Type[]> {
  const found = new Map<string, Type[]>();
  const results = (type: Type): readonly Type[] => {
    const calls = signatures(type);
    return calls.length === 0 ? parts(type) : calls.flatMap((call) => parts(call.getReturnType()));
  };
  const add = (kind: string, type: Type | undefined): void => {
    const known = found.get(kind) ?? [];
    // One of each generic type: a mapped stream is a stream of something else.
    if (!type || known.some((each) => isSame(each, type))) return;
    found.set(kind, [...known, type]);
    for (const [name, role] of Object.entries(kinds[kind]?.members ?? {})) {
      if (role.role !== "end") continue;
      const member = property(type, name === "@@asyncIterator" ? "__@asyncIterator" : name);
      if (member) for (const each of results(member)) add(role.kind, each);
      else if (name.startsWith("@@") && !found.has(role.kind)) found.set(role.kind, []);
    }
  };
  for (const [name, kind] of Object.entries(types)) {
    for (const module of declaredBy === "node" ? ["stream", "global"] : [declaredBy]) add(kind, typeIn(module, name));
  }
  for (const [path, api] of Object.entries(exports)) {
    const kindsHere = kindsOf(api);
    if (kindsHere.length === 0) continue;
    for (const type of modules.flatMap((module) => value(module, path) ?? [])) {
      for (const kind of kindsHere) {
        if (kinds[kind]?.otherwise.role === "chain") found.set(kind, []);
        else for (const result of results(type)) add(kind, result);
      }
    }
  }
  return found;
}

function kindsOf(api: ApiModel): readonly string[] {
  if ("kind" in api) return [api.kind];
  return "writes" in api ? [api.writes, api.reads] : [];
}

function isSame(one: Type, other: Type): boolean {
  return one === other || (one.getSymbol() !== undefined && one.getSymbol() === other.getSymbol());
}
