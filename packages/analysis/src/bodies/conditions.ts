import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import type { Names } from "../source/names.ts";
import { contains, literalText, memberName, unwrap } from "../source/syntax.ts";

/** What is known after a path has left a condition. */
export interface Outcome {
  /** A part of the condition that is neither negated nor made of others. */
  readonly condition: TSESTree.Node;
  readonly holds: boolean;
}

type Branch =
  | TSESTree.ConditionalExpression
  | TSESTree.DoWhileStatement
  | TSESTree.ForStatement
  | TSESTree.IfStatement
  | TSESTree.WhileStatement;

/** What a path decides by going from one step to the next: each part of a condition that it decides for certain. */
export function outcomesOf(from: Step, to: Step): Outcome[] {
  const condition = conditionAt(from);
  const holds = condition && holdsOn(condition, to);
  return condition && holds !== undefined ? partsOf({ condition, holds }) : [];
}

/** Whether a condition holds where control goes on from it to a step. */
function holdsOn(condition: TSESTree.Node, to: Step): boolean | undefined {
  let value: TSESTree.Node = condition;
  for (let parent = value.parent; parent; parent = value.parent) {
    if (parent.type === T.LogicalExpression) {
      if (parent.left === value && contains(parent.right, to.node)) {
        return parent.operator === "??" ? undefined : parent.operator === "&&";
      }
    } else if (unwrap(parent) === parent) {
      return isBranch(parent) && parent.test === value ? holdsAt(parent, to) : undefined;
    }
    value = parent;
  }
  return undefined;
}

/** Both sides of `a && b` where it holds, and of `a || b` where it does not. */
function partsOf({ condition, holds }: Outcome): Outcome[] {
  const test = unwrap(condition);
  if (test.type === T.UnaryExpression && test.operator === "!") {
    return partsOf({ condition: test.argument, holds: !holds });
  }
  if (test.type !== T.LogicalExpression) return [{ condition: test, holds }];
  if (test.operator !== (holds ? "&&" : "||")) return [];
  return [test.left, test.right].flatMap((side) => partsOf({ condition: side, holds }));
}

/** The condition at a step: its expression, or that of a statement whose condition is a plain name and has no step. */
export function conditionAt({ kind, node }: Step): TSESTree.Node | undefined {
  if (kind === "evaluate") return node;
  if (kind !== "statement") return undefined;
  // That of a loop is asked once more than control comes to its statement.
  const test =
    node.type === T.IfStatement ? node.test : node.type === T.SwitchStatement ? node.discriminant : undefined;
  return test && unwrap(test).type === T.Identifier ? test : undefined;
}

function isBranch(node: TSESTree.Node): node is Branch {
  switch (node.type) {
    case T.ConditionalExpression:
    case T.DoWhileStatement:
    case T.ForStatement:
    case T.IfStatement:
    case T.WhileStatement:
      return true;
    default:
      return false;
  }
}

function isStepless(node: TSESTree.Node): boolean {
  const { type } = unwrap(node);
  return type === T.Identifier || type === T.Literal || type === T.ThisExpression;
}

/** Whether the condition of a branch holds where control goes on to a step; past the steps of the condition itself. */
function holdsAt(branch: Branch, to: Step): boolean | undefined {
  let step: Step | undefined = to;
  while (step && branch.test && contains(branch.test, step.node)) {
    const next: readonly Step[] = step.next.filter((one) => !step?.raises.includes(one));
    step = next.length === 1 ? next[0] : undefined;
  }
  if (!step) return undefined;
  switch (branch.type) {
    case T.IfStatement:
      return contains(branch.consequent, step.node);
    case T.ConditionalExpression: {
      if (contains(branch.consequent, step.node)) return true;
      if (step.node !== branch || !isStepless(branch.consequent)) return false;
      return isStepless(branch.alternate) ? undefined : true;
    }
    default:
      return contains(branch.body, step.node);
  }
}

/** The same text for conditions that are the same, and whether what it says holds. */
export function statementOf(
  names: Names,
  { condition, holds }: Outcome,
): { readonly key: string; readonly holds: boolean } | undefined {
  if (condition.type === T.BinaryExpression) {
    const left = names.key(condition.left);
    const right = condition.right.type === T.Literal ? condition.right.raw : names.key(condition.right);
    if (left === undefined || right === undefined) return undefined;
    const contrary = CONTRARY[condition.operator];
    return { key: `${left} ${contrary ?? condition.operator} ${right}`, holds: holds === (contrary === undefined) };
  }
  const key = names.key(condition);
  return key === undefined ? undefined : { key, holds };
}

const CONTRARY: Readonly<Record<string, string>> = { "!==": "===", "!=": "==", ">=": "<", ">": "<=" };

const NO_BODY: ReadonlySet<string | undefined> = new Set(["101", "204", "205", "304", "HEAD"]);
const NOTHING: ReadonlySet<string | undefined> = new Set(["null", "undefined"]);

/** Whether there is no body, or no response, once a condition has come out that way. */
export function meansNoBody(
  names: Names,
  { condition: test, holds }: Outcome,
  bodies: ReadonlySet<string | undefined>,
): boolean {
  if (test.type === T.BinaryExpression) {
    // `body instanceof Readable`: all that keeps a connection is a stream, so that whatever else this is keeps none.
    if (test.operator === "instanceof" && bodies.has(names.key(test.left))) return !holds && isStream(test.right);
    const isEqual = ["===", "=="].includes(test.operator);
    if (!isEqual && !["!==", "!="].includes(test.operator)) return mentionsLength(test);
    const sides = [test.left, test.right];
    if (sides.some((side) => NO_BODY.has(textOf(side)))) return holds === isEqual;
    const isNothing = sides.some((side) => NOTHING.has(textOf(side)));
    if (isNothing && sides.some((side) => bodies.has(names.key(side)))) return holds === isEqual;
    return mentionsLength(test);
  }
  if (test.type === T.CallExpression) {
    const callee = unwrap(test.callee);
    const list =
      callee.type === T.MemberExpression && memberName(callee) === "includes" ? unwrap(callee.object) : undefined;
    if (list?.type !== T.ArrayExpression) return mentionsLength(test);
    return holds && list.elements.some((element) => element !== null && NO_BODY.has(textOf(element)));
  }
  if (memberName(test) === "bodyUsed") return holds;
  return bodies.has(names.key(test)) ? !holds : mentionsLength(test);
}

/** `Readable`, `ReadableStream`, `stream.Readable`, `IncomingMessage`. */
function isStream(node: TSESTree.Node): boolean {
  const named = unwrap(node);
  return /Readable|Stream|^IncomingMessage$/u.test(
    (named.type === T.Identifier ? named.name : memberName(named)) ?? "",
  );
}

function textOf(node: TSESTree.Node): string | undefined {
  const value = unwrap(node);
  if (value.type === T.Literal) return String(value.value);
  return value.type === T.Identifier ? value.name : literalText(value);
}

function mentionsLength(node: TSESTree.Node): boolean {
  let found = false;
  const look = (one: TSESTree.Node): void => {
    if (one.type === T.Literal && String(one.value).toLowerCase() === "content-length") found = true;
    else if (one.type === T.MemberExpression) {
      look(one.object);
      look(one.property);
    } else if (one.type === T.CallExpression) one.arguments.forEach(look);
    else if (one.type === T.BinaryExpression) [one.left, one.right].forEach(look);
  };
  look(unwrap(node));
  return found;
}
