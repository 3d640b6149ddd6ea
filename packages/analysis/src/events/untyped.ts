import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { GLOBAL } from "../source/origin.ts";
import { variableLookup } from "../source/source-file.ts";
import { contains, isFunction, isNothing, meaningfulParent, unwrap } from "../source/syntax.ts";
import { valueOf } from "./evaluate.ts";
import { callers } from "./frame.ts";
import type { Frame } from "./frame.ts";
import type { Run } from "./run.ts";

/** Places that take something of which nothing is known; undefined is anywhere. */
type Sources = (TSESTree.Node | undefined)[];

interface Search {
  readonly run: Run;
  readonly frame: Frame;
  readonly seen: Set<Scope.Variable>;
}

type Result = TSESTree.AwaitExpression | TSESTree.CallExpression | TSESTree.NewExpression;

/**
 * Where what an expression holds comes from, as far as a type could tell what it is there: calls, declarations and
 * assignments that take the result of one, parameters.
 */
export function sourcesOf(run: Run, frame: Frame, node: TSESTree.Node): Sources {
  return sources({ run, frame, seen: new Set() }, node);
}

function sources(search: Search, node: TSESTree.Node): Sources {
  const expression = unwrap(node);
  if (isResult(expression)) return [expression, ...passedOn(search, expression)];
  // The ends of something that was made elsewhere: `pair.writable`.
  if (expression.type === T.MemberExpression) return sources(search, expression.object);
  if (expression.type !== T.Identifier) return [undefined];
  const variable = variableLookup(search.frame.environment.file)(expression);
  if (!variable || search.seen.has(variable)) return [];
  search.seen.add(variable);
  return [
    ...variable.defs.flatMap((definition) => sourcesOfDefinition(search, definition)),
    ...variable.references
      .filter((reference) => reference.isWrite() && !reference.init)
      .flatMap(({ identifier: { parent } }) =>
        parent.type === T.AssignmentExpression ? takenBy(search, parent, parent.right) : [undefined],
      ),
  ];
}

function sourcesOfDefinition(search: Search, { node, name }: Scope.Definition): Sources {
  if (isFunction(node) && node.params.some((parameter) => contains(parameter, name))) {
    const called = callers(search.frame).find(({ owner }) => owner === node);
    // Code that we do not know called it, and with what, nobody can tell.
    if (called?.handed && !hasDefault(name)) return [];
    return [called && !called.caller && node.params.some((parameter) => parameter === name) ? name : undefined];
  }
  // Of what is imported no type is asked.
  if (node.type !== T.VariableDeclarator) return [];
  if (!node.init || name.parent.type === T.AssignmentPattern) return [undefined];
  return takenBy(search, node, node.init);
}

/** `(out = open())`, `({ out = open() })` */
function hasDefault(name: TSESTree.Node): boolean {
  for (let { parent } = name; parent && !isFunction(parent); parent = parent.parent) {
    if (parent.type === T.AssignmentPattern) return true;
  }
  return false;
}

/** A declaration or assignment, if all that it takes are results of calls. */
function takenBy(search: Search, taker: TSESTree.Node, value: TSESTree.Node): Sources {
  const results = resultsIn(value);
  return results ? [taker, ...results.flatMap((result) => passedOn(search, result))] : [undefined];
}

/** What a result may have been before: what our own code, or the language, gives back need not be made there. */
function passedOn(search: Search, result: Result): Sources {
  if (result.type === T.AwaitExpression) {
    const argument = unwrap(result.argument);
    return isResult(argument) ? passedOn(search, argument) : sources(search, argument);
  }
  const called = unwrap(result.callee);
  const receiver = called.type === T.MemberExpression ? called.object : undefined;
  const value = valueOf(search.run, search.frame, receiver ?? called);
  const isOurs = value.some((atom) => atom.type !== "api" || atom.origin.module === GLOBAL);
  if (isFunction(called) || isOurs) return [undefined];
  if (!receiver || value.length > 0) return [];
  // `source.pipe(made())`, `made().on(…)`
  const given = result.arguments.filter((argument) => resultsIn(argument) !== undefined);
  return [receiver, ...given].flatMap((one) => sources(search, one));
}

/** The calls of which a value is one or the other; undefined where it may be passed on from elsewhere. */
function resultsIn(node: TSESTree.Node): Result[] | undefined {
  const expression = unwrap(node);
  if (isResult(expression)) return [expression];
  if (isNothing(expression)) return [];
  const parts =
    expression.type === T.ConditionalExpression
      ? [expression.consequent, expression.alternate]
      : expression.type === T.LogicalExpression
        ? [expression.left, expression.right]
        : [];
  const results = parts.map(resultsIn);
  return parts.length > 0 && results.every((one) => one !== undefined) ? results.flat() : undefined;
}

function isResult(node: TSESTree.Node): node is Result {
  return node.type === T.AwaitExpression || node.type === T.CallExpression || node.type === T.NewExpression;
}

/** The declaration or assignment that takes a result. */
export function receiverOf(node: TSESTree.Node): TSESTree.Node | undefined {
  const parent = meaningfulParent(node);
  switch (parent?.type) {
    case T.ConditionalExpression:
    case T.LogicalExpression:
      return receiverOf(parent);
    case T.AssignmentExpression:
    case T.VariableDeclarator:
      return parent;
    default:
      return undefined;
  }
}
