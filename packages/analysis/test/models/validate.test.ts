import { describe, expect, test } from "vitest";
import { libraries } from "../../src/models/libraries.ts";
import { assertSettings } from "../../src/models/validate.ts";

/** What is said of one model. */
function verdict(model: unknown): string {
  return said({ models: [model] });
}

function said(settings: unknown): string {
  try {
    assertSettings(settings, "settings.tailrace");
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

const at = "settings.tailrace.models[0]";
const own = { modules: ["own"] };

test("our own models pass, written as JSON", () => {
  expect(said(JSON.parse(JSON.stringify({ models: libraries })))).toBe("");
});

test.each([[{}], [{ models: [] }], [{ models: [own] }], [{ models: undefined }]])("%j is right", (settings) => {
  expect(said(settings)).toBe("");
});

describe("what is wrong with the settings is said with its place", () => {
  test.each([
    [[], "settings.tailrace must be an object, but is an array."],
    [{ model: [] }, "settings.tailrace.model is not known; did you mean `models`? Known here: models."],
    [{ models: {} }, "settings.tailrace.models must be an array, but is an object."],
    [{ models: ["pg"] }, `${at} must be an object, but is "pg".`],
    [{ models: [null] }, `${at} must be an object, but is null.`],
    [{ models: [{}] }, `${at} must have \`modules\`.`],
    [{ models: [own, { modules: "own" }] }, `settings.tailrace.models[1].modules must be an array, but is "own".`],
    [{ models: [{ modules: [] }] }, `${at}.modules must name a module.`],
  ])("%j", (settings, message) => {
    expect(said(settings)).toBe(message);
  });
});

describe("each field of a model is checked", () => {
  const resource = (model: unknown): unknown => ({ ...own, resources: { Foo: model } });
  const call = (model: unknown): unknown => resource({ methods: { bar: model } });
  const event = (model: unknown): unknown => resource({ events: { bar: model } });
  const api = (model: unknown): unknown => ({ ...own, exports: { make: model } });
  const kind = (model: object): unknown => ({
    ...own,
    kinds: { End: { reads: true, members: {}, otherwise: { role: "neutral" }, ...model } },
  });
  const member = (model: unknown): unknown => kind({ members: { send: model } });
  const capacity = { unit: "items", size: 0 };
  const [ofEvent, ofCall] = [`${at}.resources.Foo.events.bar`, `${at}.resources.Foo.methods.bar`];

  test.for<[unknown, string]>([
    [{ modules: [1] }, `${at}.modules[0] must be a string, but is 1.`],
    [
      { ...own, resorces: {} },
      `${at}.resorces is not known; did you mean \`resources\`? Known here: declaredBy, exports, kinds, makes, modules, resources, types, values.`,
    ],
    [{ ...own, exports: [] }, `${at}.exports must be an object, but is an array.`],
    [{ ...own, declaredBy: 1 }, `${at}.declaredBy must be a string, but is 1.`],
    [{ ...own, types: { A: 1 } }, `${at}.types.A must be a string, but is 1.`],
    [{ ...own, types: { A: "Dupplex" } }, `${at}.types.A must name a kind, but is "Dupplex"; did you mean \`Duplex\`?`],
    [{ ...own, values: { a: true } }, `${at}.values.a must be a string, but is true.`],
    [
      { ...own, values: { a: "Foo" } },
      `${at}.values.a must name a resource of this model, or \`module.Resource\`, but is "Foo".`,
    ],
    [{ ...own, makes: { "a-b": { gives: 1 } } }, `${at}.makes["a-b"].gives must be a string, but is 1.`],
    [
      { ...own, makes: { a: { gives: "htp.Server" } } },
      `${at}.makes.a.gives must name a resource of this model, or \`module.Resource\`, but is "htp.Server"; did you mean \`http.Server\`?`,
    ],

    [
      api({}),
      `${at}.exports.make must have \`role\`: "pipe", "pipe-pair", "lazy", "convert", "limiter", "map", "event", "finished", "pipeline", "promisify", "drive" or "neutral".`,
    ],
    [
      api({ role: "pip" }),
      `${at}.exports.make.role must be "pipe", "pipe-pair", "lazy", "convert", "limiter", "map", "event", "finished", "pipeline", "promisify", "drive" or "neutral", but is "pip"; did you mean \`pipe\`?`,
    ],
    [api({ role: "pipe", kind: "Channel" }), `${at}.exports.make must have \`capacity\`.`],
    [api({ role: "pipe", capacity }), `${at}.exports.make must have \`kind\`.`],
    [
      api({ role: "pipe", capacity, kind: "Chanel" }),
      `${at}.exports.make.kind must name a kind, but is "Chanel"; did you mean \`Channel\`?`,
    ],
    [
      api({ role: "pipe", kind: "Channel", capacity: { ...capacity, unit: "byte" } }),
      `${at}.exports.make.capacity.unit must be "bytes" or "items", but is "byte"; did you mean \`bytes\`?`,
    ],
    [
      api({ role: "pipe", kind: "Channel", capacity: { ...capacity, size: -1 } }),
      `${at}.exports.make.capacity.size must be a number from 0 on, but is -1.`,
    ],
    [
      api({ role: "pipe", kind: "Channel", capacity: { ...capacity, option: { argument: 0 } } }),
      `${at}.exports.make.capacity.option must have \`property\`.`,
    ],
    [api({ role: "pipe-pair", writes: "Channel", capacity }), `${at}.exports.make must have \`reads\`.`],
    [
      api({ role: "pipe-pair", writes: "Channel", reads: "X", capacity }),
      `${at}.exports.make.reads must name a kind, but is "X".`,
    ],
    [api({ role: "lazy" }), `${at}.exports.make must have \`kind\`.`],
    [api({ role: "convert", kind: 1 }), `${at}.exports.make.kind must be a string, but is 1.`],
    [api({ role: "limiter", option: 1 }), `${at}.exports.make.option must be a string, but is 1.`],
    [api({ role: "map" }), `${at}.exports.make must have \`option\`.`],
    [api({ role: "drive", kind: "X" }), `${at}.exports.make.kind is not known. Known here: role.`],

    [{ ...own, kinds: { End: {} } }, `${at}.kinds.End must have \`reads\`.`],
    [kind({ reads: 1 }), `${at}.kinds.End.reads must be a boolean, but is 1.`],
    [kind({ otherwise: "neutral" }), `${at}.kinds.End.otherwise must be an object, but is "neutral".`],
    [
      member({ role: "drives" }),
      `${at}.kinds.End.members.send.role must be "end", "write", "into", "wait", "drive", "listen", "chain" or "neutral", but is "drives"; did you mean \`drive\`?`,
    ],
    [member({ role: "write" }), `${at}.kinds.End.members.send must have \`waits\`.`],
    [member({ role: "write", waits: "yes" }), `${at}.kinds.End.members.send.waits must be a boolean, but is "yes".`],
    [
      member({ role: "end", kind: "Ent" }),
      `${at}.kinds.End.members.send.kind must name a kind, but is "Ent"; did you mean \`End\`?`,
    ],
    [
      member({ role: "into", returns: "this" }),
      `${at}.kinds.End.members.send.returns must be "argument", "promise" or "readable", but is "this".`,
    ],

    [resource([]), `${at}.resources.Foo must be an object, but is an array.`],
    [
      resource({ extends: "events.EventEmitter" }),
      `${at}.resources.Foo.extends must be an array, but is "events.EventEmitter".`,
    ],
    [resource({ extends: ["Foo"] }), `${at}.resources.Foo.extends leads back to \`Foo\` itself.`],
    [
      resource({ properties: { a: "Bar" } }),
      `${at}.resources.Foo.properties.a must name a resource of this model, or \`module.Resource\`, but is "Bar".`,
    ],
    [resource({ items: 1 }), `${at}.resources.Foo.items must be a string, but is 1.`],
    [
      resource({ method: {} }),
      `${at}.resources.Foo.method is not known; did you mean \`methods\`? Known here: events, extends, items, methods, properties, shares.`,
    ],
    [event({ once: "yes" }), `${ofEvent}.once must be a boolean, but is "yes".`],
    [event({ state: "closed" }), `${ofEvent}.state must be an array, but is "closed".`],
    [event({ follows: [1] }), `${ofEvent}.follows[0] must be a string, but is 1.`],
    [
      event({ gives: ["Bar"] }),
      `${ofEvent}.gives[0] must name a resource of this model, or \`module.Resource\`, but is "Bar".`,
    ],
    [event({ holds: "0" }), `${ofEvent}.holds must be a number from 0 on, but is "0".`],

    [call({ resolves: 1 }), `${ofCall}.resolves must be a string, but is 1.`],
    [call({ passes: { last: "Foo" } }), `${ofCall}.passes.last must be an array, but is "Foo".`],
    [
      call({ passes: { last: ["", "Bar"] } }),
      `${ofCall}.passes.last[1] must name a resource of this model, or \`module.Resource\`, but is "Bar".`,
    ],
    [call({ unless: true }), `${ofCall}.unless must be an array, but is true.`],
    [call({ unless: [1] }), `${ofCall}.unless[0] must be a string, but is 1.`],
    [call({ when: "BLOCK" }), `${ofCall}.when must be an object, but is "BLOCK".`],
    [call({ when: { isStream: true } }), `${ofCall}.when.isStream must be a string, but is true.`],
    [call({ starts: {} }), `${ofCall}.starts must be an array, but is an object.`],
    [
      call({ awaits: "arguments" }),
      `${ofCall}.awaits must be "argument", but is "arguments"; did you mean \`argument\`?`,
    ],
    [call({ awaits: 1 }), `${ofCall}.awaits must be an array, but is 1.`],
    [
      call({ acquires: "lck" }),
      `${ofCall}.acquires must be "lease", "lock" or "permit", but is "lck"; did you mean \`lock\`?`,
    ],
    [call({ key: "0" }), `${ofCall}.key must be a number from 0 on, but is "0".`],
    [call({ during: "first" }), `${ofCall}.during must be "last", "function" or "call", but is "first".`],
    [call({ promise: true }), `${ofCall}.promise must be a string, but is true.`],
    [call({ joins: {} }), `${ofCall}.joins must have \`argument\`.`],
    [call({ joins: { argument: 1, property: 0 } }), `${ofCall}.joins.property must be a string, but is 0.`],
    [call({ releaser: true }), `${ofCall}.releaser must be "result", but is true.`],
    [call({ releases: "this" }), `${ofCall}.releases must be "receiver" or "argument", but is "this".`],
    [call({ permits: 4 }), `${ofCall}.permits must be an object, but is 4.`],
    [call({ permits: { argument: -1 } }), `${ofCall}.permits.argument must be a number from 0 on, but is -1.`],
    [call({ permits: { property: 1 } }), `${ofCall}.permits.property must be a string, but is 1.`],
    [call({ permits: { default: Number.NaN } }), `${ofCall}.permits.default must be a number from 0 on, but is NaN.`],
    [call({ idle: 1 }), `${ofCall}.idle must be a boolean, but is 1.`],
    [call({ idle: "empty" }), `${ofCall}.idle must be "queued", but is "empty".`],
    [resource({ shares: "pool" }), `${at}.resources.Foo.shares must be a boolean, but is "pool".`],
    [call({ blocks: "loop" }), `${ofCall}.blocks must be "thread" or "connection", but is "loop".`],
    [call({ body: () => true }), `${ofCall}.body must be a boolean, but is a function.`],
    [call({ consumes: null }), `${ofCall}.consumes must be a boolean, but is null.`],
  ])("%j", ([model, message]) => {
    expect(verdict(model)).toBe(message);
  });

  test("a circle of two models", () => {
    const models = [
      { modules: ["a"], resources: { A: { extends: ["b.B"] } } },
      { modules: ["b"], resources: { B: { extends: ["a.A"] } } },
    ];
    expect(said({ models })).toBe(`${at}.resources.A.extends leads back to \`A\` itself.`);
  });
});
