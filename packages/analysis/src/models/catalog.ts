import { archiver } from "./archiver.ts";
import { awsUpload } from "./aws-sdk.ts";
import type { ApiModel, KindModel, LibraryModel } from "./model.ts";
import { nodeEvents, nodeStreams, nodeUtil } from "./node-streams.ts";
import { pLimit } from "./p-limit.ts";
import { pMap } from "./p-map.ts";
import { pQueue } from "./p-queue.ts";
import { printing } from "./printing.ts";
import { queryBuilders } from "./query-builders.ts";
import { rxjs } from "./rxjs.ts";
import { tailrace } from "./tailrace.ts";
import { webStreams } from "./web-streams.ts";
import type { Origin } from "../source/origin.ts";

/** Everything that is known of libraries, indexed for look-up. */
export interface Catalog {
  api(origin: Origin): ApiModel | undefined;
  kind(name: string): KindModel | undefined;
  /** The kind of pipe that a type of a package stands for. */
  typeKind(declaredBy: string, type: string): string | undefined;
  /** Whether anything of the module is modelled; `global` always is. */
  knows(module: string): boolean;
}

export const libraries: readonly LibraryModel[] = [
  webStreams,
  nodeStreams,
  nodeEvents,
  nodeUtil,
  archiver,
  awsUpload,
  pLimit,
  pMap,
  pQueue,
  queryBuilders,
  rxjs,
  tailrace,
  printing,
];

/** Indexes models. Later ones win, so that a user's model can correct ours. */
export function catalogOf(models: readonly LibraryModel[]): Catalog {
  const apis = new Map<string, ApiModel>();
  const kinds = new Map<string, KindModel>();
  const types = new Map<string, string>();
  const modules = new Set<string>();
  for (const model of models) {
    for (const module of model.modules) {
      modules.add(module);
      for (const [path, api] of Object.entries(model.exports)) apis.set(`${module}:${path}`, api);
    }
    for (const [name, kind] of Object.entries(model.kinds ?? {})) kinds.set(name, kind);
    for (const [name, kind] of Object.entries(model.types ?? {})) types.set(`${model.declaredBy ?? ""}:${name}`, kind);
  }
  const find = (module: string, path: readonly string[]): ApiModel | undefined =>
    apis.get(`${module}:${path.join(".")}`) ??
    (path.length > 1 ? apis.get(`${module}:${[...path.slice(0, -1), "*"].join(".")}`) : undefined);
  return {
    api: ({ module, path }) => {
      const [first, ...rest] = path;
      // The default export of a CommonJS module is the module: `import stream from "node:stream"`.
      return find(module, path) ?? (first === "default" && rest.length > 0 ? find(module, rest) : undefined);
    },
    kind: (name) => kinds.get(name),
    typeKind: (declaredBy, type) => types.get(`${declaredBy}:${type}`),
    knows: (module) => modules.has(module),
  };
}
