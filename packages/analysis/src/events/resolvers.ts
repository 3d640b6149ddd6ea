import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { namesOf } from "../source/names.ts";
import { GLOBAL } from "../source/origin.ts";
import type { SourceFile } from "../source/source-file.ts";
import { enclosingFunction, isFunction, literalText, memberName, unwrap } from "../source/syntax.ts";

/**
 * Whether the resolver of some promise leaves its executor in a way that lets code of this file call it later: only
 * such a promise can be waited for while what settles it has not begun. Whoever gives it to a timer, to an emitter or to
 * a library has begun by then.
 */
export function mayBeForgotten(file: SourceFile, text: string): boolean {
  const promises = promisesOf(file);
  return promises.length > 0 && (DEFINES.test(text) || promises.some((made) => !isGivenAway(file, made)));
}

// A class or function of the file that takes listeners or reactions, and calls them whenever it likes.
const DEFINES =
  /(?<![.\w$])(?:add(?:Event)?Listener|on|once|prependListener|then)\s*(?:[=:]\s*(?:async\b|function\b|\()|(?:<[^<>]*>)?\((?:[^()]|\([^()]*\))*\)\s*(?::[^;{}]*)?\{)/u;

function promisesOf({ scopes }: SourceFile): TSESTree.NewExpression[] {
  const { globalScope } = scopes;
  const variable = globalScope?.set.get("Promise");
  // A front end may know the globals of the language, or leave them open.
  const open = globalScope?.through.filter(({ identifier }) => identifier.name === "Promise") ?? [];
  return [...(variable?.references ?? []), ...open].flatMap(({ identifier: { parent } }) =>
    parent.type === T.NewExpression ? [parent] : [],
  );
}

function isGivenAway(file: SourceFile, { arguments: [executor] }: TSESTree.NewExpression): boolean {
  if (!isFunction(executor)) return false;
  const variables = file.scopes.getDeclaredVariables(executor);
  return executor.params.every((parameter) => {
    if (parameter.type !== T.Identifier) return false;
    const references = variables.find(({ name }) => name === parameter.name)?.references ?? [];
    return references.every(({ identifier }) => isGiven(file, identifier, executor));
  });
}

/** Whether it is called here, or given to who has begun. */
function isGiven(file: SourceFile, node: TSESTree.Node, executor: TSESTree.Node): boolean {
  const call = node.parent;
  if (call?.type !== T.CallExpression || (call.callee !== node && !begins(file, call))) return false;
  return isRunBy(file, call, executor);
}

/** Whether the functions between a place and the executor are run by who has begun, too. */
function isRunBy(file: SourceFile, node: TSESTree.Node, executor: TSESTree.Node): boolean {
  const around = enclosingFunction(node);
  if (around === executor) return true;
  const call = around?.parent;
  // Another promise runs its executor at once.
  if (call?.type === T.NewExpression && namesOf(file).origin(call.callee)?.path.join(".") === "Promise")
    return isRunBy(file, call, executor);
  return (
    around !== undefined && call?.type === T.CallExpression && call.callee !== around && isGiven(file, around, executor)
  );
}

const TIMERS: ReadonlySet<string> = new Set([
  "process.nextTick",
  "queueMicrotask",
  "setImmediate",
  "setInterval",
  "setTimeout",
]);
const LISTENERS: ReadonlySet<string> = new Set(["addListener", "addEventListener", "on", "once", "prependListener"]);
const REACTIONS: ReadonlySet<string> = new Set(["catch", "finally", "then"]);
const STREAM_EVENTS: ReadonlySet<string> = new Set(["close", "drain", "end", "finish"]);

/** A call that makes something outside of this file begin. */
function begins(file: SourceFile, { callee, arguments: [first] }: TSESTree.CallExpression): boolean {
  const called = unwrap(callee);
  const origin = namesOf(file).origin(called);
  // Whether another file has a helper that matters is a question of its own.
  if (origin) return origin.module !== GLOBAL || TIMERS.has(origin.path.join("."));
  if (called.type !== T.MemberExpression) return false;
  const name = memberName(called) ?? "";
  const event = first && literalText(first);
  if (LISTENERS.has(name)) return event !== undefined && !STREAM_EVENTS.has(event);
  return REACTIONS.has(name) || isMadeElsewhere(file, called.object);
}

/** `server` of `const server = http.createServer()`. */
function isMadeElsewhere(file: SourceFile, node: TSESTree.Node): boolean {
  const names = namesOf(file);
  const object = unwrap(node);
  const variable = object.type === T.Identifier ? names.variable(object) : undefined;
  const start = variable && names.initial(variable);
  const value = start && unwrap(start.value);
  if (start?.path.length !== 0 || (value?.type !== T.CallExpression && value?.type !== T.NewExpression)) return false;
  const origin = names.origin(value.callee);
  return origin !== undefined && origin.module !== GLOBAL;
}
