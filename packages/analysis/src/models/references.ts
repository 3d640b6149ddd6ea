import { libraries } from "./libraries.ts";
import type { ApiModel, LibraryModel, MemberRole } from "./model.ts";
import type { CallModel } from "./resource.ts";
import { fail, member, near } from "./shape.ts";

/** Makes sure that each kind and each resource that models name is described, by one of them or by ours. */
export function assertReferences(models: readonly LibraryModel[], path: string): void {
  const all = [...libraries, ...models];
  const kinds = new Set(all.flatMap((model) => Object.keys(model.kinds ?? {})));
  const resources = new Set(all.flatMap(fullNames));
  models.forEach((model, index) => {
    const place = `${path}[${index.toString()}]`;
    for (const [at, name] of kindNames(model, place)) {
      if (!kinds.has(name)) fail(at, "must name a kind", name, near(name, [...kinds]));
    }
    for (const [at, name] of resourceNames(model, place)) {
      const full = qualified(model, name);
      if (name !== "" && name !== "this" && !resources.has(full)) {
        fail(at, "must name a resource of this model, or `module.Resource`", name, near(full, [...resources]));
      }
    }
    for (const name of Object.keys(model.resources ?? {})) {
      if (extendsItself(all, qualified(model, name))) {
        throw new Error(`${member(`${place}.resources`, name)}.extends leads back to \`${name}\` itself.`);
      }
    }
  });
}

function fullNames({ modules, resources = {} }: LibraryModel): string[] {
  return modules.flatMap((module) => Object.keys(resources).map((name) => `${module}.${name}`));
}

function qualified({ modules: [home = ""] }: LibraryModel, name: string): string {
  return name.includes(".") ? name : `${home}.${name}`;
}

function extendsItself(all: readonly LibraryModel[], start: string): boolean {
  const seen = new Set<string>();
  const basesOf = (full: string): string[] =>
    all.flatMap((model) =>
      Object.entries(model.resources ?? {})
        .filter(([name]) => `${model.modules[0] ?? ""}.${name}` === full)
        .flatMap(([, resource]) => (resource.extends ?? []).map((base) => qualified(model, base))),
    );
  const queue = basesOf(start);
  for (const name of queue) {
    if (name === start) return true;
    if (!seen.has(name)) {
      seen.add(name);
      queue.push(...basesOf(name));
    }
  }
  return false;
}

type Named = [path: string, name: string];

function kindNames({ exports = {}, kinds = {}, types = {} }: LibraryModel, place: string): Named[] {
  const roles: [string, ApiModel | MemberRole][] = [];
  for (const [name, model] of Object.entries(exports)) roles.push([member(`${place}.exports`, name), model]);
  for (const [name, model] of Object.entries(kinds)) {
    const at = member(`${place}.kinds`, name);
    roles.push([`${at}.otherwise`, model.otherwise]);
    for (const [key, each] of Object.entries(model.members)) roles.push([member(`${at}.members`, key), each]);
  }
  return [
    ...roles.flatMap(([at, model]): Named[] => [
      ...("kind" in model ? [[`${at}.kind`, model.kind] satisfies Named] : []),
      ...("writes" in model
        ? [[`${at}.writes`, model.writes] satisfies Named, [`${at}.reads`, model.reads] satisfies Named]
        : []),
    ]),
    ...Object.entries(types).map(([name, value]): Named => [member(`${place}.types`, name), value]),
  ];
}

function resourceNames({ makes = {}, values = {}, resources = {} }: LibraryModel, place: string): Named[] {
  const found: Named[] = [];
  const add = (at: string, names: readonly string[]): void => {
    names.forEach((name, index) => found.push([`${at}[${index.toString()}]`, name]));
  };
  const addCall = (at: string, { gives, resolves, passes = {} }: CallModel): void => {
    if (gives !== undefined) found.push([`${at}.gives`, gives]);
    if (resolves !== undefined) found.push([`${at}.resolves`, resolves]);
    for (const [argument, names] of Object.entries(passes)) add(member(`${at}.passes`, argument), names);
  };
  for (const [name, value] of Object.entries(values)) found.push([member(`${place}.values`, name), value]);
  for (const [name, value] of Object.entries(makes)) addCall(member(`${place}.makes`, name), value);
  for (const [name, model] of Object.entries(resources)) {
    const at = member(`${place}.resources`, name);
    add(`${at}.extends`, model.extends ?? []);
    if (model.items !== undefined) found.push([`${at}.items`, model.items]);
    for (const [key, value] of Object.entries(model.properties ?? {}))
      found.push([member(`${at}.properties`, key), value]);
    for (const [key, value] of Object.entries(model.methods ?? {})) addCall(member(`${at}.methods`, key), value);
    for (const [key, value] of Object.entries(model.events ?? {})) {
      add(`${member(`${at}.events`, key)}.gives`, value.gives ?? []);
    }
  }
  return found;
}
