import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { catcherOf } from "../source/jumps.ts";
import {
  enclosingFunction,
  isCall,
  isFunction,
  meaningfulParent,
  memberName,
  propertyName,
  unwrap,
} from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import type { Names } from "../source/names.ts";
import { findAll, walk } from "../source/walk.ts";
import { callsOf } from "../uses/functions.ts";
import type { Owner } from "../uses/places.ts";

/** Whether an error of a function ends the process: nobody catches it on the way to a statement of the program. */
export function endsProcess({ names }: Resources, owner: Owner): boolean {
  return ends(names, owner, new Set());
}

function ends(names: Names, owner: Owner, seen: ReadonlySet<Owner>): boolean {
  if (owner.type === T.Program) return true;
  const calls = seen.has(owner) ? [] : (callsOf(names, owner) ?? []);
  return calls.length > 0 && calls.every((call) => isLastResort(names, call) || isPassedOn(names, call, seen, owner));
}

/** `await step()` in a function whose errors end the process. */
function isPassedOn(names: Names, call: TSESTree.CallExpression, seen: ReadonlySet<Owner>, owner: Owner): boolean {
  const waiting = meaningfulParent(call);
  const caller = enclosingFunction(call);
  if (waiting?.type !== T.AwaitExpression || !isFunction(caller)) return false;
  return catcherOf(call, caller) === undefined && ends(names, caller, new Set([...seen, owner]));
}

/** Whether a function does nothing but fail: whoever gives it waits for an error, and not for a response. */
export function onlyFails(names: Names, { body }: FunctionNode): boolean {
  const statements = body.type === T.BlockStatement ? body.body : [body];
  const [first] = statements;
  if (!first || statements.length > 1) return false;
  if (first.type === T.ThrowStatement) return true;
  const expression = unwrap(first.type === T.ExpressionStatement ? first.expression : first);
  if (expression.type !== T.CallExpression) return false;
  const callee = unwrap(expression.callee);
  const name = callee.type === T.Identifier ? callee.name : memberName(callee);
  return name === "fail" || expression.arguments.some((argument) => isError(names, argument));
}

/** `reject(new Error("…"))` */
function isError(names: Names, node: TSESTree.Node): boolean {
  const value = unwrap(node);
  const origin = value.type === T.NewExpression ? names.origin(value.callee) : undefined;
  return origin?.module === "global" && origin.path.at(-1)?.endsWith("Error") === true;
}

/** `main()`, `await main()`, `main().catch(() => process.exit(1))`, on its own at the top of a program. */
function isLastResort(names: Names, call: TSESTree.CallExpression): boolean {
  let whole: TSESTree.Node = call;
  for (;;) {
    const parent: TSESTree.Node = whole.parent;
    if (memberName(parent) === "catch" && parent.parent?.type === T.CallExpression) {
      const exits = parent.parent.arguments.flatMap((argument) => findAll(argument, isCall));
      if (!exits.some(({ callee }) => names.origin(callee)?.path.join(".") === "process.exit")) return false;
      whole = parent.parent;
    } else if (parent.type === T.AwaitExpression || parent.type === T.UnaryExpression) whole = parent;
    else return parent.type === T.ExpressionStatement && parent.parent.type === T.Program;
  }
}

const elsewhere = new WeakMap<TSESTree.Program, boolean>();

/** Whether a file runs in a browser, or in a worker of a network: it makes elements, or uses what only these have. */
export function isElsewhere({ file, names }: Resources): boolean {
  let isOne = elsewhere.get(file.ast);
  if (isOne === undefined) {
    isOne = file.ast.body.some(isWorkerModule) || usesForeign(names, file.ast);
    elsewhere.set(file.ast, isOne);
  }
  return isOne;
}

const FOREIGN: ReadonlySet<string> = new Set([
  ..."document window location localStorage sessionStorage XMLHttpRequest Deno".split(" "),
]);

function usesForeign(names: Names, ast: TSESTree.Program): boolean {
  const asked = new Set<string | undefined>();
  const used = new Set<string | undefined>();
  walk(ast, (node) => {
    if (node.type === T.JSXOpeningElement) used.add("<element>");
    // `typeof window !== "undefined" && window.name`: it runs elsewhere, too.
    else if (node.type === T.UnaryExpression && node.operator === "typeof")
      asked.add(names.origin(node.argument)?.path[0]);
    else if (node.type === T.MemberExpression) used.add(foreignName(names, node.object));
    else if (node.type === T.NewExpression) used.add(foreignName(names, node.callee));
  });
  return [...used].some((name) => name !== undefined && !asked.has(name));
}

function foreignName(names: Names, node: TSESTree.Node): string | undefined {
  const origin = names.origin(unwrap(node));
  const [name] = origin?.module === "global" && origin.path.length === 1 ? origin.path : [];
  return name !== undefined && FOREIGN.has(name) ? name : undefined;
}

const HANDLERS: ReadonlySet<string | undefined> = new Set(["fetch", "scheduled"]);

/** `import { env } from "cloudflare:workers"`, `export default { async fetch(request) { … } }` */
function isWorkerModule(statement: TSESTree.ProgramStatement): boolean {
  if (statement.type === T.ImportDeclaration) return statement.source.value.startsWith("cloudflare:");
  const value = statement.type === T.ExportDefaultDeclaration ? unwrap(statement.declaration) : undefined;
  if (value?.type !== T.ObjectExpression) return false;
  return value.properties.some(
    (one) => one.type === T.Property && isFunction(one.value) && HANDLERS.has(propertyName(one.key, one.computed)),
  );
}
