import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "@typescript-eslint/parser";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePathOf } from "../../src/flow/code-path.ts";
import type { CodePathOwner } from "../../src/flow/code-path.ts";
import { childrenOf, pathOfBody, runsOf } from "./runs.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const SOURCES = ["packages/*/src/**/*.ts", "node_modules/.pnpm/knex@*/node_modules/knex/lib/execution/*.js"];
const TEXTS = globSync(SOURCES, { cwd: ROOT }).map((file) => readFileSync(ROOT + file, "utf8"));

const OWNERS: readonly string[] = [
  T.Program,
  T.FunctionDeclaration,
  T.FunctionExpression,
  T.ArrowFunctionExpression,
  T.StaticBlock,
  T.PropertyDefinition,
];

function* nodesOf(node: TSESTree.Node): Generator<TSESTree.Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

/** What may stand in another's place without making the tree absurd. */
function categoryOf({ type }: TSESTree.Node): string | undefined {
  if (type.startsWith("TS")) return undefined;
  if (type === T.Literal || type === T.Identifier) return "Expression";
  return /(Expression|Statement|Pattern)$/.exec(type)?.[1];
}

/** Puts one node in the place of another, and sometimes a kind of node that does not exist yet around it. */
function replace(parent: TSESTree.Node, old: TSESTree.Node, replacement: TSESTree.Node, wrap: boolean): void {
  const { range, loc } = old;
  const node: unknown = wrap ? { type: "FutureExpression", range, loc, inner: [replacement] } : replacement;
  for (const [key, value] of Object.entries(parent) as [string, unknown][]) {
    if (value === old) Reflect.set(parent, key, node);
    else if (Array.isArray(value) && value.includes(old)) value[value.indexOf(old)] = node;
  }
}

describe("codePathOf", () => {
  it("never throws, whatever stands where", { timeout: 60_000 }, () => {
    const mutation = fc.tuple(fc.nat(), fc.nat(), fc.boolean());
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), fc.array(mutation, { minLength: 1, maxLength: 10 }), (text, mutations) => {
        const program = parse(text, { range: true, sourceType: "module" });
        const donors = [...nodesOf(parse(text, { range: true, sourceType: "module" }))];
        for (const [at, from, wrap] of mutations) {
          const places = [...nodesOf(program)].flatMap((parent) =>
            childrenOf(parent)
              .filter((child) => categoryOf(child) !== undefined)
              .map((old) => ({ parent, old })),
          );
          const place = places[at % places.length];
          if (!place) continue;
          const { parent, old } = place;
          const fitting = donors.filter((donor) => categoryOf(donor) === categoryOf(old));
          const donor = fitting[from % fitting.length];
          if (donor) replace(parent, old, structuredClone({ ...donor, parent: undefined }) as TSESTree.Node, wrap);
        }
        for (const owner of nodesOf(program)) {
          if (OWNERS.includes(owner.type)) expect(codePathOf(owner as CodePathOwner).steps.length).toBeGreaterThan(2);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("walks nodes of unknown kinds in the order of the source", () => {
    const { owner } = pathOfBody("a(); b(); c();");
    const statements = owner.type === T.FunctionDeclaration ? owner.body.body : [];
    const [first, second, third] = statements;
    const future = { type: "FutureStatement", range: [0, 1], loc: undefined, z: first, y: [second, null], x: third };
    const body = [future] as unknown as TSESTree.Statement[];
    const program = { type: T.Program, body, range: [0, 1] } as unknown as TSESTree.Program;
    expect(runsOf(codePathOf(program), "exit")).toEqual(["a b c"]);
  });
});
