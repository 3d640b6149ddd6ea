import type { ApiModel, CapacityModel, KindModel, LibraryModel, MemberRole } from "./model.ts";
import { assertReferences } from "./references.ts";
import type { CallModel, EventModel, JoinModel, PermitsModel, ResourceModel } from "./resource.ts";
import { byRole, count, either, flag, list, object, oneOf, record, text } from "./shape.ts";
import type { Check } from "./shape.ts";

type Api<Role extends ApiModel["role"]> = Extract<ApiModel, { role: Role }>;
type Member<Role extends MemberRole["role"]> = Extract<MemberRole, { role: Role }>;

const isText = (value: unknown): boolean => typeof value === "string";
const isNumber = (value: unknown): boolean => typeof value === "number";
const role: Check = text;

const capacity = object<CapacityModel>(
  {
    unit: oneOf("bytes", "items"),
    size: count,
    option: object<Required<CapacityModel>["option"]>({ argument: count, property: text }, "argument", "property"),
    overflow: object<Required<CapacityModel>["overflow"]>({ property: text, waits: text }, "property", "waits"),
  },
  "unit",
  "size",
);

const api = byRole({
  pipe: object<Api<"pipe">>({ role, kind: text, capacity }, "kind", "capacity"),
  "pipe-pair": object<Api<"pipe-pair">>({ role, writes: text, reads: text, capacity }, "writes", "reads", "capacity"),
  lazy: object<Api<"lazy">>({ role, kind: text }, "kind"),
  convert: object<Api<"convert">>({ role, kind: text }, "kind"),
  limiter: object<Api<"limiter">>({ role, option: text }),
  map: object<Api<"map">>({ role, option: text }, "option"),
  ...bare<Exclude<ApiModel["role"], "pipe" | "pipe-pair" | "lazy" | "convert" | "limiter" | "map">>({
    event: true,
    finished: true,
    pipeline: true,
    promisify: true,
    drive: true,
    neutral: true,
  }),
});

const memberRole = byRole({
  end: object<Member<"end">>({ role, kind: text }, "kind"),
  write: object<Member<"write">>({ role, waits: flag }, "waits"),
  into: object<Member<"into">>({ role, returns: oneOf("argument", "promise", "readable") }, "returns"),
  ...bare<Exclude<MemberRole["role"], "end" | "write" | "into">>({
    wait: true,
    drive: true,
    listen: true,
    chain: true,
    neutral: true,
  }),
});

const kind = object<KindModel>(
  { reads: flag, members: record(memberRole), otherwise: memberRole },
  "reads",
  "members",
  "otherwise",
);

const call = object<CallModel>({
  gives: text,
  resolves: text,
  passes: record(list(text)),
  starts: list(text),
  unless: either(isText, text, list(text)),
  when: record(text),
  awaits: either(isText, oneOf("argument"), list(text)),
  acquires: oneOf("lease", "lock", "permit"),
  during: either(isNumber, count, oneOf("last", "function", "call")),
  promise: text,
  joins: object<JoinModel>({ argument: count, property: text }, "argument"),
  key: count,
  releaser: either(isNumber, count, oneOf("result")),
  releases: oneOf("receiver", "argument"),
  again: oneOf("fails", "frees"),
  permits: object<PermitsModel>({ argument: count, property: text, default: count }),
  idle: either(isText, oneOf("queued"), flag),
  blocks: oneOf("thread", "connection"),
  body: flag,
  consumes: flag,
});

const event = object<EventModel>({
  once: flag,
  state: list(text),
  follows: list(text),
  gives: list(text),
  holds: count,
});

const resource = object<ResourceModel>({
  extends: list(text),
  properties: record(text),
  methods: record(call),
  events: record(event),
  items: text,
  shares: flag,
});

const library = object<LibraryModel>(
  {
    modules: list(text),
    exports: record(api),
    kinds: record(kind),
    types: record(text),
    declaredBy: text,
    makes: record(call),
    values: record(text),
    resources: record(resource),
  },
  "modules",
);

/** What a user says of libraries that are not ours. */
export interface Settings {
  readonly models?: readonly LibraryModel[];
}

const settings = object<Settings>({ models: list(library) });

/**
 * Makes sure that a value from outside is such settings: of that shape, and with no name of a kind or a resource that
 * nothing describes. Throws one error, which names the place by its path.
 */
export function assertSettings(value: unknown, path: string): asserts value is Settings {
  settings(value, path);
  const { models = [] } = value as Settings;
  models.forEach(({ modules }, index) => {
    if (modules.length === 0) throw new Error(`${path}.models[${index.toString()}].modules must name a module.`);
  });
  assertReferences(models, `${path}.models`);
}

/** Shapes of roles that have nothing but their name. */
function bare<Role extends string>(roles: Readonly<Record<Role, true>>): Record<Role, Check> {
  const shape = object<{ readonly role: string }>({ role });
  return Object.fromEntries(Object.keys(roles).map((name) => [name, shape])) as Record<Role, Check>;
}
