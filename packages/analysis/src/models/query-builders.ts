import { CHAIN, DRIVE } from "./model.ts";
import type { ApiModel, KindModel, LibraryModel } from "./model.ts";

const query: KindModel = {
  reads: true,
  members: {
    then: DRIVE,
    "@@await": DRIVE,
    catch: DRIVE,
    finally: DRIVE,
    stream: DRIVE,
    pipe: DRIVE,
    end: DRIVE,
    exec: DRIVE,
  },
  otherwise: CHAIN,
};

/** Request and query builders: lazy thenables, which start when they are awaited. */
export const queryBuilders: LibraryModel = {
  modules: ["knex", "superagent", "mongoose", "@prisma/client"],
  exports: Object.fromEntries(
    [
      "default",
      "default.*",
      "*",
      "knex",
      "agent",
      "get",
      "post",
      "put",
      "patch",
      "del",
      "PrismaClient",
      "model",
      "default.model",
    ].map((name): [string, ApiModel] => [name, { role: "lazy", kind: "Query" }]),
  ),
  kinds: { Query: query },
};
