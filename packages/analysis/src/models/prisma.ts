import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const query: CallModel = { acquires: "lease", during: "call" };
const client: CallModel = { gives: "PrismaClient" };

/**
 * Prisma: a query takes a connection when it is awaited; an interactive transaction has one for itself as long as its
 * function runs, and fails where another one is not got in time.
 */
export const prisma: LibraryModel = {
  // Its types are generated into a package of their own.
  modules: ["@prisma/client", ".prisma"],
  makes: { PrismaClient: client, "default.PrismaClient": client },
  resources: {
    PrismaClient: {
      properties: { "*": "Delegate" },
      methods: {
        $transaction: { acquires: "lease", during: 0, passes: { 0: ["@prisma/client.Prisma.TransactionClient"] } },
        $queryRaw: query,
        $queryRawUnsafe: query,
        $executeRaw: query,
        $executeRawUnsafe: query,
        $extends: { gives: "this" },
      },
    },
    // One for each model of the schema.
    Delegate: { shares: true, methods: { "*": query } },
    "Prisma.TransactionClient": {},
  },
};
