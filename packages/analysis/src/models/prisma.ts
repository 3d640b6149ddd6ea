import type { LibraryModel } from "./model.ts";

/** Prisma: an interactive transaction has a connection for itself as long as its function runs. */
export const prisma: LibraryModel = {
  modules: ["@prisma/client"],
  makes: { PrismaClient: { gives: "PrismaClient" }, "default.PrismaClient": { gives: "PrismaClient" } },
  resources: { PrismaClient: { methods: { $transaction: { acquires: "lease", during: 0 } } } },
};
