import type { ApiModel, KindModel, LibraryModel } from "./model.ts";
import type { CallModel, ResourceModel } from "./resource.ts";
import type { Origin } from "../source/origin.ts";

/** Everything that is known of libraries, indexed for look-up. */
export interface Catalog {
  api(origin: Origin): ApiModel | undefined;
  kind(name: string): KindModel | undefined;
  /** The kind of pipe that a type of a package stands for. */
  typeKind(declaredBy: string, type: string): string | undefined;
  /** What calling or constructing an export makes. */
  makes(origin: Origin): CallModel | undefined;
  /** Which resource an export is. */
  value(origin: Origin): string | undefined;
  /** A resource by its full name: `http.Server`. */
  resource(name: string): ResourceModel | undefined;
  /** Whether any resource has a method of that name; one whose model has that word. */
  means(method: string, word?: keyof CallModel): boolean;
  /** Whether a member of that name waits for something that is recognised by its type, or leads to what does. */
  awaits(member: string): boolean;
  /** The names of methods after which something is held that was taken, not only while the call itself lasts. */
  readonly holding: readonly string[];
  /** Whether anything of the module is modelled; `global` always is. */
  knows(module: string): boolean;
  /** The same for a program that has only some of the modules: names that nothing in it has need not be asked for. */
  among(isPresent: (module: string) => boolean): Catalog;
}

/** Indexes models. Later ones win, member by member of a resource, so that a user's model can correct ours. */
export function catalogOf(models: readonly LibraryModel[]): Catalog {
  const apis = new Map<string, ApiModel>();
  const kinds = new Map<string, KindModel>();
  const types = new Map<string, string>();
  const modules = new Set<string>();
  const makers = new Map<string, CallModel>();
  const values = new Map<string, string>();
  const resources = new Map<string, ResourceModel>();
  for (const model of models) {
    const [home = ""] = model.modules;
    for (const module of model.modules) {
      modules.add(module);
      for (const [path, api] of Object.entries(model.exports ?? {})) apis.set(`${module}:${path}`, api);
      for (const [path, call] of Object.entries(model.makes ?? {}))
        makers.set(`${module}:${path}`, qualifyCall(call, home));
      for (const [path, name] of Object.entries(model.values ?? {}))
        values.set(`${module}:${path}`, qualify(name, home));
    }
    for (const [name, resource] of Object.entries(model.resources ?? {})) {
      const full = `${home}.${name}`;
      resources.set(full, merge(resources.get(full), qualifyResource(resource, home)));
    }
    for (const [name, kind] of Object.entries(model.kinds ?? {})) kinds.set(name, kind);
    for (const [name, kind] of Object.entries(model.types ?? {})) types.set(`${model.declaredBy ?? ""}:${name}`, kind);
  }
  // Other modules that export the same: `https.Server` is an `http.Server`.
  for (const {
    modules: [home = "", ...others],
    resources: own = {},
  } of models) {
    for (const name of Object.keys(own)) {
      for (const module of others) {
        const alias = `${module}.${name}`;
        if (!resources.has(alias)) resources.set(alias, { extends: [`${home}.${name}`] });
      }
    }
  }
  const waiting = waitingMembers(kinds, types.values());
  const catalog: Catalog = {
    api: (origin) => find(apis, origin),
    makes: (origin) => find(makers, origin),
    value: (origin) => find(values, origin),
    resource: (name) => resources.get(name),
    kind: (name) => kinds.get(name),
    typeKind: (declaredBy, type) => types.get(`${declaredBy}:${type}`),
    awaits: (member) => waiting.has(member),
    knows: (module) => modules.has(module),
    ...methodNames(resources.values()),
    among: (isPresent) => {
      const present = models.filter((model) => model.modules.some(isPresent));
      return { ...catalog, ...methodNames(reachedFrom(present, resources)) };
    },
  };
  return catalog;
}

/** Which names of methods mean anything, so that most calls are passed over without a question of types. */
function methodNames(resources: Iterable<ResourceModel>): Pick<Catalog, "holding" | "means"> {
  const all = new Map<string, Set<string>>();
  const holding = new Set<string>();
  for (const { methods = {} } of resources) {
    for (const [name, model] of Object.entries(methods)) {
      const words = all.get(name) ?? new Set();
      all.set(name, words);
      for (const word of Object.keys(model)) words.add(word);
      if (model.acquires !== undefined && model.during !== "call") holding.add(name);
    }
  }
  return {
    means: (method, word) => {
      const words = all.get(method);
      return words !== undefined && (word === undefined || words.has(word));
    },
    holding: [...holding],
  };
}

/** The resources of some models, and those of others that these give, pass or extend. */
function reachedFrom(
  models: readonly LibraryModel[],
  resources: ReadonlyMap<string, ResourceModel>,
): ReadonlySet<ResourceModel> {
  const reached = new Set<ResourceModel>();
  const visit = (value: unknown, home: string): void => {
    if (typeof value === "string") reach(qualify(value, home));
    else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) visit(part, home);
  };
  const reach = (name: string): void => {
    const resource = resources.get(name);
    if (!resource || reached.has(resource)) return;
    reached.add(resource);
    visit(resource, "");
  };
  for (const { modules, makes, values, resources: own = {} } of models) {
    for (const module of modules) for (const name of Object.keys(own)) reach(`${module}.${name}`);
    visit([makes, values], modules[0] ?? "");
  }
  return reached;
}

/** Names of members, of kinds that are recognised by a type, whose promise waits for the other end or that lead to one. */
function waitingMembers(kinds: ReadonlyMap<string, KindModel>, typed: Iterable<string>): Set<string> {
  const names = new Set<string>();
  const collect = (kind: string, path: readonly string[]): boolean => {
    let waits = false;
    for (const [name, member] of Object.entries(kinds.get(kind)?.members ?? {})) {
      const leads =
        member.role === "end" && !path.includes(member.kind) && collect(member.kind, [...path, member.kind]);
      const own = member.role === "wait" || (member.role === "write" && member.waits);
      if (!own && !leads) continue;
      if (path.length === 1) names.add(name);
      waits = true;
    }
    return waits;
  };
  for (const kind of typed) collect(kind, [kind]);
  return names;
}

function find<Model>(models: ReadonlyMap<string, Model>, { module, path }: Origin): Model | undefined {
  const exact = (names: readonly string[]): Model | undefined =>
    models.get(`${module}:${names.join(".")}`) ??
    (names.length > 1 ? models.get(`${module}:${[...names.slice(0, -1), "*"].join(".")}`) : undefined);
  const [first, ...rest] = path;
  // The default export of a CommonJS module is the module: `import stream from "node:stream"`.
  return exact(path) ?? (first === "default" && rest.length > 0 ? exact(rest) : undefined);
}

function merge(earlier: ResourceModel | undefined, later: ResourceModel): ResourceModel {
  if (!earlier) return later;
  return {
    ...earlier,
    ...later,
    extends: [...new Set([...(later.extends ?? []), ...(earlier.extends ?? [])])],
    properties: { ...earlier.properties, ...later.properties },
    methods: { ...earlier.methods, ...later.methods },
    events: { ...earlier.events, ...later.events },
  };
}

function qualifyResource(model: ResourceModel, home: string): ResourceModel {
  return {
    extends: (model.extends ?? []).map((name) => qualify(name, home)),
    properties: mapValues(model.properties ?? {}, (name) => qualify(name, home)),
    methods: mapValues(model.methods ?? {}, (call) => qualifyCall(call, home)),
    ...(model.items === undefined ? {} : { items: qualify(model.items, home) }),
    ...(model.shares === undefined ? {} : { shares: model.shares }),
    events: mapValues(model.events ?? {}, (event) => ({
      ...event,
      ...(event.gives ? { gives: event.gives.map((name) => qualify(name, home)) } : {}),
    })),
  };
}

function qualifyCall({ gives, resolves, passes, ...call }: CallModel, home: string): CallModel {
  return {
    ...call,
    ...(gives === undefined ? {} : { gives: qualify(gives, home) }),
    ...(resolves === undefined ? {} : { resolves: qualify(resolves, home) }),
    ...(passes ? { passes: mapValues(passes, (names) => names.map((name) => qualify(name, home))) } : {}),
  };
}

function qualify(name: string, home: string): string {
  return name === "" || name === "this" || name.includes(".") ? name : `${home}.${name}`;
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
