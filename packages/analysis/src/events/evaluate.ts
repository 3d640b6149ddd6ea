import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { importOrigin, requireOrigin } from "../source/origin.ts";
import { variableLookup } from "../source/source-file.ts";
import { enclosingFunction, isFunction, meaningfulParent, memberName, propertyName, unwrap } from "../source/syntax.ts";
import { lookUp } from "../values/environment.ts";
import type { ClassAtom, Value } from "../values/value.ts";
import { literalOf, numberOf, union } from "../values/value.ts";
import { assignMember, bindPattern } from "./assign.ts";
import { awaited } from "./await.ts";
import { call, construct, initializeFields } from "./calls.ts";
import { escape } from "./effects.ts";
import type { Frame } from "./frame.ts";
import { iterated, spreadOf } from "./iterate.ts";
import { imported } from "./modules.ts";
import { asList, closureOf, collectionOf, atCursor, itemsOf, keyOf, memberOf, sizeOf } from "./members.ts";
import { typedResult } from "./typed.ts";
import { addAll, global, literal, made, object, propertyOf } from "./run.ts";
import type { Run } from "./run.ts";

const NOTHING: Value = [];

/** The value of an expression whose step has passed, or that has no step. */
export function valueOf(run: Run, frame: Pick<Frame, "environment" | "values">, expression: TSESTree.Node): Value {
  const node = unwrap(expression);
  switch (node.type) {
    case T.Identifier:
      return variableValue(run, frame, node);
    case T.Literal:
      return typeof node.value === "object" && node.value !== null ? [] : [literal(run, node.value)];
    case T.ThisExpression:
    case T.Super:
      return selfOf(frame);
    default:
      return frame.values.get(node) ?? frame.values.get(expression) ?? NOTHING;
  }
}

function variableValue(run: Run, frame: Pick<Frame, "environment">, node: TSESTree.Identifier): Value {
  const { file } = frame.environment;
  const variable = variableLookup(file)(node);
  if (node.name === "undefined") return [];
  if (node.name === "Infinity") return [literal(run, Infinity)];
  if (!variable || variable.defs.length === 0) return global(run, node.name);
  const origin = importOrigin(variable);
  return origin ? imported(run, file, origin, variable.identifiers[0]) : lookUp(frame.environment, variable);
}

/** `this`: arrow functions have that of the code around them. */
function selfOf(frame: Pick<Frame, "environment">): Value {
  let current = frame.environment;
  while (current.owner.type === T.ArrowFunctionExpression && current.parent) current = current.parent;
  return [...current.self];
}

/** What happens where an expression is evaluated, its operands being so already. */
export function evaluate(run: Run, frame: Frame, node: TSESTree.Node): Value {
  switch (node.type) {
    case T.FunctionDeclaration: {
      const closure = closureOf(run, node, frame.environment);
      if (node.id && closure) bindPattern(run, frame, node.id, [closure]);
      if (closure && isExported(node) && run.pipes.size > 0) escape(run, frame, node, [closure]);
      return closure ? [closure] : [];
    }
    case T.ArrowFunctionExpression:
    case T.FunctionExpression: {
      const closure = closureOf(run, node, frame.environment);
      return closure ? [closure] : [];
    }
    case T.ClassDeclaration:
    case T.ClassExpression: {
      const atom = made(frame, node, "class", () => classAtom(node, frame));
      if (node.superClass) addAll(atom.parents, valueOf(run, frame, node.superClass));
      if (node.id) bindPattern(run, frame, node.id, [atom]);
      for (const member of node.body.body) {
        if (member.type === T.MethodDefinition) closureOf(run, member.value, frame.environment);
      }
      initializeFields(run, frame, node, atom, [atom]);
      return [atom];
    }
    case T.VariableDeclarator:
      return declare(run, frame, node);
    case T.AssignmentPattern:
      bindPattern(run, frame, node.left, valueOf(run, frame, node.right));
      return [];
    case T.AssignmentExpression: {
      const value = valueOf(run, frame, node.right);
      bindPattern(run, frame, node.left, value);
      return value;
    }
    case T.ObjectExpression:
      return [objectLiteral(run, frame, node)];
    case T.ArrayExpression:
      return [arrayLiteral(run, frame, node)];
    case T.SpreadElement:
      return valueOf(run, frame, node.argument);
    case T.MemberExpression:
      return member(run, frame, node);
    case T.ChainExpression:
      return valueOf(run, frame, node.expression);
    case T.LogicalExpression:
      return union([valueOf(run, frame, node.left), valueOf(run, frame, node.right)]);
    case T.ConditionalExpression:
      return union([valueOf(run, frame, node.consequent), valueOf(run, frame, node.alternate)]);
    case T.SequenceExpression:
      return valueOf(run, frame, node.expressions.at(-1) ?? node);
    case T.BinaryExpression:
      return arithmetic(run, frame, node);
    case T.UnaryExpression: {
      const number = numberOf(valueOf(run, frame, node.argument));
      return node.operator === "-" && number !== undefined ? [literal(run, -number)] : [];
    }
    case T.TemplateLiteral:
      return node.expressions.length === 0 ? [literal(run, node.quasis[0]?.value.cooked ?? "")] : [];
    case T.CallExpression: {
      const origin = requireOrigin(node);
      if (!origin) return known(call(run, frame, node), run, frame, node);
      return imported(run, frame.environment.file, origin, node.arguments[0]);
    }
    case T.ImportExpression: {
      const origin = requireOrigin(node);
      return origin ? imported(run, frame.environment.file, origin, node.source) : [];
    }
    case T.NewExpression:
      return known(construct(run, frame, node), run, frame, node);
    case T.TaggedTemplateExpression:
      for (const expression of node.quasi.expressions) escape(run, frame, node, valueOf(run, frame, expression));
      return [];
    case T.AwaitExpression:
      return known(awaited(run, frame, node, valueOf(run, frame, node.argument)), run, frame, node);
    case T.YieldExpression:
      return yielded(run, frame, node);
    default:
      return [];
  }
}

/** Where nothing is known of a result, its type may tell. */
function known(value: Value, run: Run, frame: Frame, node: TSESTree.Node): Value {
  return value.length > 0 ? value : typedResult(run, frame, node);
}

function classAtom(node: ClassAtom["node"], { environment }: Frame): ClassAtom {
  return { type: "class", node, environment, parents: new Set() };
}

function declare(run: Run, frame: Frame, node: TSESTree.VariableDeclarator): Value {
  if (!node.init) return [];
  const value = valueOf(run, frame, node.init);
  bindPattern(run, frame, node.id, value);
  if (isExported(node.parent)) escape(run, frame, node, value);
  return [];
}

function isExported({ parent }: TSESTree.Node): boolean {
  return parent?.type === T.ExportNamedDeclaration || parent?.type === T.ExportDefaultDeclaration;
}

function objectLiteral(run: Run, frame: Frame, node: TSESTree.ObjectExpression): Value[number] {
  const atom = made(frame, node, "object", () => object(node));
  for (const property of node.properties) {
    if (property.type === T.SpreadElement) {
      for (const source of valueOf(run, frame, property.argument)) {
        if (source.type !== "object") continue;
        for (const [name, value] of source.properties) addAll(propertyOf(atom, name), value);
      }
    } else {
      const value = valueOf(run, frame, property.value);
      const name = propertyName(property.key, property.computed);
      assignMember(run, frame, property, [atom], keyOf(property.kind, name), value);
    }
  }
  return atom;
}

function arrayLiteral(run: Run, frame: Frame, node: TSESTree.ArrayExpression): Value[number] {
  let size: number | undefined = 0;
  const elements: Value[] = [];
  for (const element of node.elements) {
    if (element?.type === T.SpreadElement) {
      const spread = valueOf(run, frame, element.argument);
      elements.push(spreadOf(run, frame, element, spread));
      const more = sizeOf(spread);
      size = size === undefined || more === undefined ? undefined : size + more;
    } else {
      if (element) elements.push(valueOf(run, frame, element));
      if (size !== undefined) size += 1;
    }
  }
  // A tuple keeps what is where: `[writer, reader]`.
  if (elements.length === node.elements.length && size === elements.length && isTuple(elements)) {
    const tuple = made(frame, node, "tuple", () => object(node));
    elements.forEach((value, index) => {
      addAll(propertyOf(tuple, String(index)), value);
    });
    return tuple;
  }
  return collectionOf(frame, node, "array", union(elements), size);
}

/** Ends of the same pipe, or things of different types, side by side. */
function isTuple(elements: readonly Value[]): boolean {
  if (elements.length > 4) return false;
  const kinds = elements.map((value) => value.map((atom) => (atom.type === "end" ? atom.kind : atom.type)).join());
  return new Set(kinds).size > 1;
}

function arithmetic(run: Run, frame: Frame, node: TSESTree.BinaryExpression): Value {
  const left = literalOf(valueOf(run, frame, node.left));
  const right = literalOf(valueOf(run, frame, node.right));
  if (typeof left !== "number" || typeof right !== "number") return [];
  switch (node.operator) {
    case "+":
      return [literal(run, left + right)];
    case "-":
      return [literal(run, left - right)];
    case "*":
      return [literal(run, left * right)];
    case "/":
      return [literal(run, left / right)];
    case "**":
      return [literal(run, left ** right)];
    case "<<":
      return [literal(run, left << right)];
    default:
      return [];
  }
}

function member(run: Run, frame: Frame, node: TSESTree.MemberExpression): Value {
  const parent = meaningfulParent(node);
  // The callee of a call is looked up by the call, which knows the receiver.
  if (parent?.type === T.CallExpression && unwrap(parent.callee) === node) return [];
  if (parent?.type === T.AssignmentExpression && parent.left === node) return [];
  return memberOf(run, frame, node, valueOf(run, frame, node.object), nameOf(run, frame, node));
}

/** The name of a member as it is written, or the value of what stands in the brackets. */
export function nameOf(run: Run, frame: Frame, node: TSESTree.MemberExpression): string | undefined {
  const name = memberName(node);
  if (name !== undefined) return name;
  const key = literalOf(valueOf(run, frame, node.property));
  return key === undefined ? undefined : String(key);
}

function yielded(run: Run, frame: Frame, node: TSESTree.YieldExpression): Value {
  if (!node.argument) return [];
  const value = valueOf(run, frame, node.argument);
  if (node.delegate) {
    addAll(frame.yields, iterated(run, frame, node, value));
    return [];
  }
  addAll(frame.yields, value);
  if (!frame.caller) escape(run, frame, node, value);
  return [];
}

/** A loop takes its next item. */
export function iterate(run: Run, frame: Frame, node: TSESTree.ForInStatement | TSESTree.ForOfStatement): void {
  const source = valueOf(run, frame, node.right);
  frame.values.set(
    node,
    source.map((atom) => asList(frame, node, atom) ?? atom),
  );
  if (node.type === T.ForInStatement) return;
  const items = [...atCursor(run, itemsOf(frame, node, source), node), ...iterated(run, frame, node, source)];
  const item = node.await ? awaited(run, frame, node, items) : items;
  const target = node.left.type === T.VariableDeclaration ? node.left.declarations[0].id : node.left;
  bindPattern(run, frame, target, item);
}

/** Things that happen on arriving at a statement or a function. */
export function arriveAt(run: Run, frame: Frame, node: TSESTree.Node): void {
  switch (node.type) {
    case T.ReturnStatement:
      if (node.argument && !hasStep(node.argument)) giveBack(run, frame, node.argument);
      break;
    case T.ArrowFunctionExpression:
      if (node === frame.owner && node.body.type !== T.BlockStatement && !hasStep(node.body))
        giveBack(run, frame, node.body);
      break;
    case T.ExportNamedDeclaration:
      for (const { local } of node.specifiers) escape(run, frame, node, valueOf(run, frame, local));
      break;
    case T.ExportDefaultDeclaration:
      if (node.declaration.type === T.Identifier) escape(run, frame, node, valueOf(run, frame, node.declaration));
      break;
    default:
  }
}

function hasStep(expression: TSESTree.Node): boolean {
  const { type } = unwrap(expression);
  return type !== T.Identifier && type !== T.Literal && type !== T.ThisExpression;
}

/** If the expression just evaluated is what the function returns, it is one of its results. */
export function returned(run: Run, frame: Frame, node: TSESTree.Node): void {
  const parent = meaningfulParent(node);
  if (parent?.type === T.ReturnStatement) giveBack(run, frame, node);
  else if (parent === frame.owner && isFunction(parent) && unwrap(parent.body) === node) giveBack(run, frame, node);
}

function giveBack(run: Run, frame: Frame, expression: TSESTree.Node): void {
  if (enclosingFunction(expression) !== frame.owner) return;
  const value = valueOf(run, frame, expression);
  addAll(frame.returns, value);
  // Nobody here knows what the caller does with it, nor when.
  if (!frame.caller) escape(run, frame, expression, value);
}
