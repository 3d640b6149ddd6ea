import { isBuiltin } from "node:module";
import type * as ts from "typescript";
import type { Catalog } from "../models/catalog.ts";
import { packageOf } from "../source/package.ts";

const known = new WeakMap<ts.Program, WeakMap<Catalog, Catalog>>();

/** What is known of the libraries that a program has, or imports though they are not installed. */
export function presentIn(program: ts.Program, catalog: Catalog): Catalog {
  const catalogs = known.get(program) ?? new WeakMap<Catalog, Catalog>();
  known.set(program, catalogs);
  let present = catalogs.get(catalog);
  if (!present) {
    const modules = new Set(program.getSourceFiles().flatMap((file) => modulesOf(program, file)));
    present = catalog.among((module) => isOfNode(module) || modules.has(module) || modules.has(packageIn(module)));
    catalogs.set(catalog, present);
    // What is asked for another file starts from what this one has.
    catalogs.set(present, present);
  }
  return present;
}

function isOfNode(module: string): boolean {
  return module === "global" || isBuiltin(module);
}

/** `drizzle-orm` of `drizzle-orm/node-postgres` */
function packageIn(module: string): string {
  return module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");
}

// A program keeps the files that were not edited.
const spoken = new WeakMap<ts.SourceFile, readonly string[]>();

/** The package of a file, and all modules that its code imports. */
function modulesOf(program: ts.Program, file: ts.SourceFile): readonly string[] {
  let modules = spoken.get(file);
  if (!modules) {
    const imports = file.isDeclarationFile
      ? []
      : Array.from(file.text.matchAll(IMPORT), ([, specifier = ""]) => specifier);
    modules = [packageOf(program, file) ?? "", ...imports];
    spoken.set(file, modules);
  }
  return modules;
}

const IMPORT = /\b(?:from|import|require\w*)\s*\(?\s*["'`]([^"'`\n]+)["'`]/gu;
