import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Catalog } from "../models/catalog.ts";
import { namesOf } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import { GLOBAL } from "../source/origin.ts";
import { isReaction } from "../source/promise.ts";
import type { SourceFile } from "../source/source-file.ts";
import { enclosingFunction, isFunction, literalText, memberName, unwrap } from "../source/syntax.ts";
import { STREAM_EVENTS } from "./typed.ts";

/**
 * Whether the resolver of some promise leaves its executor in a way that lets code of this file call it later: only
 * such a promise can be waited for while what settles it has not begun. Whoever gives it to a timer, to an emitter or to
 * a library has begun by then.
 */
export function mayBeForgotten(file: SourceFile, text: string, catalog: Catalog): boolean {
  const promises = promisesOf(file);
  const context: Context = { file, catalog, names: namesOf(file) };
  return promises.length > 0 && (DEFINES.test(text) || promises.some((made) => !isGivenAway(context, made)));
}

interface Context {
  readonly file: SourceFile;
  readonly catalog: Catalog;
  readonly names: Names;
}

// A class or function of the file that takes listeners or reactions, and calls them whenever it likes.
const NAMED = String.raw`["'\]]{0,2}(?:add(?:Event)?Listener|on|once|prependListener|then)["'\]]{0,2}\??\s*`;
const DEFINES = new RegExp(
  String.raw`(?:^|[{};,/[]|\b(?:async|function|static|public|private|protected|override|get)\b)\s*["'[]{0,2}${NAMED}[(<]|(?<![\w$])${NAMED}(?:=(?![=>])|:)`,
  "mu",
);

function promisesOf({ scopes }: SourceFile): TSESTree.NewExpression[] {
  const { globalScope } = scopes;
  if (!globalScope) return [];
  const variable = globalScope.set.get("Promise");
  // A front end may know the globals of the language, or leave them open.
  const open = globalScope.through.filter(({ identifier }) => identifier.name === "Promise");
  return [...(variable?.references ?? []), ...open].flatMap(({ identifier: { parent } }) =>
    parent.type === T.NewExpression ? [parent] : [],
  );
}

function isGivenAway(context: Context, { arguments: [executor] }: TSESTree.NewExpression): boolean {
  if (!isFunction(executor)) return false;
  const references = context.file.scopes.getDeclaredVariables(executor).flatMap((variable) => variable.references);
  return references.every(({ identifier }) => isGiven(context, identifier, executor));
}

/** Whether it is called here, or given to who has begun. */
function isGiven(context: Context, node: TSESTree.Node, executor: TSESTree.Node): boolean {
  const call = node.parent;
  if (call?.type !== T.CallExpression || (call.callee !== node && !begins(context, call))) return false;
  return isRunBy(context, call, executor);
}

/** Whether the functions between a place and the executor are run by who has begun, too. */
function isRunBy(context: Context, node: TSESTree.Node, executor: TSESTree.Node): boolean {
  const around = enclosingFunction(node);
  if (around === executor) return true;
  const call = around?.parent;
  // Another promise runs its executor at once.
  if (call?.type === T.NewExpression && context.names.origin(call.callee)?.path.join(".") === "Promise")
    return isRunBy(context, call, executor);
  return (
    around !== undefined &&
    call?.type === T.CallExpression &&
    call.callee !== around &&
    isGiven(context, around, executor)
  );
}

const TIMERS: ReadonlySet<string | undefined> = new Set([
  "process.nextTick",
  "queueMicrotask",
  "setImmediate",
  "setInterval",
  "setTimeout",
]);
const LISTENERS: ReadonlySet<string | undefined> = new Set([
  "addListener",
  "addEventListener",
  "on",
  "once",
  "prependListener",
]);

/** A call that makes something outside of this file begin. */
function begins(context: Context, { callee, arguments: [first] }: TSESTree.CallExpression): boolean {
  const called = unwrap(callee);
  if (isPutOff(context, called)) return false;
  const origin = context.names.origin(called);
  // Whether another file has a helper that matters is a question of its own.
  if (origin) return origin.module !== GLOBAL || TIMERS.has(origin.path.join("."));
  if (called.type !== T.MemberExpression) return false;
  const name = memberName(called);
  const event = first && literalText(first);
  if (LISTENERS.has(name)) return event !== undefined && !STREAM_EVENTS.has(event);
  return isReaction(name) || isMadeElsewhere(context, called.object);
}

const PUT_OFF: ReadonlySet<string | undefined> = new Set(["lazy", "limiter", "map"]);

/** Whether something of a library that waits until it is asked, or for its turn: `db("jobs").on(…)`, `queue.add(…)`. */
function isPutOff(context: Context, node: TSESTree.Node, seen = new Set<Scope.Variable>()): boolean {
  const { catalog, names } = context;
  const expression = unwrap(node);
  const origin = names.origin(expression);
  if (origin) return PUT_OFF.has(catalog.api(origin)?.role);
  switch (expression.type) {
    case T.AwaitExpression:
      return isPutOff(context, expression.argument, seen);
    case T.CallExpression:
    case T.NewExpression:
      return isPutOff(context, expression.callee, seen);
    case T.MemberExpression:
      return isPutOff(context, expression.object, seen);
    default: {
      const variable = names.variable(expression);
      if (!variable || seen.has(variable)) return false;
      // `var db = db.inner`
      seen.add(variable);
      const start = names.initial(variable);
      return start !== undefined && isPutOff(context, start.value, seen);
    }
  }
}

/** `server` of `const server = http.createServer()`. */
function isMadeElsewhere({ names }: Context, node: TSESTree.Node): boolean {
  const value = names.held(unwrap(node));
  if (value?.type !== T.CallExpression && value?.type !== T.NewExpression) return false;
  const origin = names.origin(value.callee);
  return origin !== undefined && origin.module !== GLOBAL;
}
