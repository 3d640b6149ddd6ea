import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import { rememberedOfFile } from "../resources/remembered.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { contains, literalText, memberName, propertyName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { resultsOf } from "../uses/functions.ts";
import { EQUALITY, constantOf } from "./ends.ts";

/** A state of a thing that is named in its file, from which the state that is waited for is never reached. */
export interface Failure {
  /** As it is written: `"failed"`, `State.Failed`, `job.error`. */
  readonly text: string;
  /** Where it is named; undefined where only the types say it. */
  readonly node: TSESTree.Node | undefined;
}

const FAILED = new Set(
  "abandoned abort aborted broken canceled cancelled crash crashed dead declined deleted denied died discarded err error errored exception expired fail failed failure fatal faulted invalid killed lost reject rejected removed terminated timedout timeout".split(
    " ",
  ),
);

/** Whether a word of a state is one of failure: `failed`, `JOB_FAILED`, `timed-out`. */
export function isFailed(text: string): boolean {
  const words = text
    .replaceAll(/([a-z\d])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]/u);
  if (words.some((word) => ["no", "not", "non", "or", "retry", "retrying"].includes(word))) return false;
  return words.some((word) => FAILED.has(word)) || FAILED.has(words.join(""));
}

/** A failure that a state may come to, which none of the values is that the poll ends with. */
export function failureOf(
  resources: Resources,
  state: TSESTree.Node,
  ending: ReadonlySet<string>,
): Failure | undefined {
  const { names } = resources;
  const isOne = (text: string | undefined): text is string => text !== undefined && isFailed(text) && !ending.has(text);
  const called = stateNames(names, state);
  const isState = (node: TSESTree.Node): boolean => called.has(plain(nameIn(node)));
  const node = namesOfFailures(resources).find((node) => {
    switch (node.type) {
      case T.AssignmentExpression:
        return node.operator === "=" && isState(node.left) && valuesIn(names, node.right).some(isOne);
      case T.Property:
        return called.has(plain(propertyName(node.key, node.computed))) && valuesIn(names, node.value).some(isOne);
      case T.BinaryExpression:
        if (!EQUALITY.test(node.operator)) return false;
        return (
          (isState(node.left) && isOne(constantOf(names, node.right))) ||
          (isState(node.right) && isOne(constantOf(names, node.left)))
        );
      case T.SwitchCase:
        return node.test !== null && isState(node.parent.discriminant) && isOne(constantOf(names, node.test));
      case T.TSUnionType:
      case T.ArrayExpression:
        // A list of all states.
        return listed(node).some((text) => ending.has(text)) && listed(node).some(isOne);
      case T.TSEnumDeclaration:
        return enumMembers(node).some((text) => ending.has(text)) && enumMembers(node).some(isOne);
      case T.ObjectExpression: {
        const texts = node.properties.flatMap((one) => (one.type === T.Property ? textsOf(names, one) : []));
        return texts.some((text) => ending.has(text)) && texts.some(isOne) && node.parent.type !== T.CallExpression;
      }
      case T.ReturnStatement:
        return (
          isWithinAny(node, functionsOf(names, state)) &&
          node.argument !== null &&
          valuesIn(names, node.argument).some(isOne)
        );
      default:
        return false;
    }
  });
  if (node) return { text: textIn(names, node, isOne), node };
  const typed = typedValues(resources, state).find(isOne);
  return typed === undefined ? undefined : { text: `"${typed}"`, node: undefined };
}

/** Where a file says of something that it is a failure; found once for all its polls. */
const namesOfFailures = rememberedOfFile(({ names, file }): readonly TSESTree.Node[] => {
  const speaksOfOne = (node: TSESTree.Node): node is TSESTree.Node => textsAt(names, node).some(isFailed);
  return findAll(file.ast, speaksOfOne);
});

/** The texts that a node gives, is compared with, or lists. */
function textsAt(names: Names, node: TSESTree.Node): string[] {
  switch (node.type) {
    case T.AssignmentExpression:
      return valuesIn(names, node.right);
    case T.Property:
      return valuesIn(names, node.value);
    case T.BinaryExpression:
      return [node.left, node.right].flatMap((side) => constantOf(names, side) ?? []);
    case T.SwitchCase:
      return node.test ? valuesIn(names, node.test) : [];
    case T.TSUnionType:
    case T.ArrayExpression:
      return listed(node);
    case T.TSEnumDeclaration:
      return enumMembers(node);
    case T.ObjectExpression:
      return node.properties.flatMap((one) => (one.type === T.Property ? textsOf(names, one) : []));
    case T.ReturnStatement:
      return node.argument ? valuesIn(names, node.argument) : [];
    default:
      return [];
  }
}

function isWithinAny(node: TSESTree.Node, bodies: readonly TSESTree.Node[]): boolean {
  return bodies.some((body) => contains(body, node));
}

/** The functions of this file whose result the state is. */
function functionsOf(names: Names, state: TSESTree.Node): TSESTree.Node[] {
  return sourcesOf(names, state).flatMap((source) => {
    const body = source.type === T.CallExpression ? memberFunctionOf(names, source.callee) : undefined;
    return body ? [body] : [];
  });
}

/** What a state is called: the name of the variable or member, and of that from which it was taken. */
function stateNames(names: Names, state: TSESTree.Node): ReadonlySet<string> {
  const found = new Set<string>();
  for (const source of sourcesOf(names, state)) {
    const name = plain(nameIn(source));
    if (name.length > 2) found.add(name);
    const callee = source.type === T.CallExpression ? plain(nameIn(unwrap(source.callee))) : "";
    for (const one of [/state$/u, /status$/u, /phase$/u]) {
      const [word] = one.exec(callee || name) ?? [];
      if (word !== undefined) found.add(word);
    }
  }
  return found;
}

/** An expression, and what was written to the variable that it is. */
function sourcesOf(names: Names, state: TSESTree.Node): TSESTree.Node[] {
  const expression = unwrap(state);
  const found: TSESTree.Node[] = [expression];
  const variable = names.variable(expression);
  for (const { writeExpr } of variable?.references ?? []) {
    if (!writeExpr) continue;
    const value = unwrap(writeExpr);
    const source = value.type === T.AwaitExpression ? unwrap(value.argument) : value;
    found.push(source);
    const body = source.type === T.CallExpression ? memberFunctionOf(names, source.callee) : undefined;
    for (const result of body ? resultsOf(body) : []) found.push(unwrap(result));
  }
  const start = variable && names.initial(variable);
  const last = start?.path.at(-1);
  return last === undefined
    ? found
    : [...found, { ...expression, type: T.Identifier, name: last } as TSESTree.Identifier];
}

function nameIn(node: TSESTree.Node): string | undefined {
  const expression = unwrap(node);
  return expression.type === T.Identifier ? expression.name : memberName(expression);
}

function plain(name: string | undefined): string {
  return (name ?? "").replaceAll(/[#_$]/gu, "").toLowerCase();
}

/** The constants that an expression may be. */
function valuesIn(names: Names, node: TSESTree.Node): string[] {
  const expression = unwrap(node);
  if (expression.type === T.ConditionalExpression) {
    return [...valuesIn(names, expression.consequent), ...valuesIn(names, expression.alternate)];
  }
  const value = constantOf(names, expression);
  return value === undefined ? [] : [value];
}

function listed(node: TSESTree.ArrayExpression | TSESTree.TSUnionType): string[] {
  const parts: readonly (TSESTree.Node | null)[] = node.type === T.TSUnionType ? node.types : node.elements;
  return parts.flatMap((part) => {
    const value = part?.type === T.TSLiteralType ? part.literal : part;
    const text = value ? literalText(value) : undefined;
    return text === undefined ? [] : [text];
  });
}

function enumMembers(node: TSESTree.TSEnumDeclaration): string[] {
  return node.body.members.flatMap(({ id, initializer }) => {
    const name = enumName(id);
    const value = initializer ? literalText(initializer) : undefined;
    return [name, value].filter((one) => one !== undefined);
  });
}

function enumName(id: TSESTree.TSEnumMember["id"]): string | undefined {
  return id.type === T.Identifier ? id.name : literalText(id);
}

/** `Done: "done"`. */
function textsOf(names: Names, { key, computed, value }: TSESTree.Property): string[] {
  const name = propertyName(key, computed);
  const text = unwrap(value).type === T.Literal ? constantOf(names, value) : undefined;
  return name === undefined || text === undefined ? [] : [name, text];
}

/** The failure as it is written at a node. */
function textIn(names: Names, node: TSESTree.Node, isOne: (text: string | undefined) => boolean): string {
  const isFailure = (one: TSESTree.Node): one is TSESTree.Node => {
    if (one.type === T.TSEnumMember) return isOne(enumName(one.id));
    return (
      (one.type === T.Literal || one.type === T.MemberExpression || one.type === T.Identifier) &&
      isOne(constantOf(names, one))
    );
  };
  const [found] = findAll(node, isFailure);
  if (found?.type === T.TSEnumMember) return enumName(found.id) ?? "failed";
  if (found?.type === T.MemberExpression && found.object.type === T.Identifier)
    return `${found.object.name}.${memberName(found) ?? ""}`;
  if (found?.type === T.Identifier) return found.name;
  return found ? `"${literalText(found) ?? ""}"` : "failed";
}

/** The texts that the type of a state allows. */
function typedValues({ file }: Resources, state: TSESTree.Node): string[] {
  const { types } = file;
  const location = types?.esTreeNodeToTSNodeMap.get(state);
  if (!types || !location) return [];
  const checker = types.program.getTypeChecker();
  const type = checker.getTypeAtLocation(location);
  const awaited = checker.getAwaitedType(type) ?? type;
  // What control flow has left of it says less than what was declared.
  const symbol = checker.getSymbolAtLocation(location);
  const declared =
    symbol && state.type !== T.CallExpression ? checker.getTypeOfSymbolAtLocation(symbol, location) : awaited;
  return [awaited, declared]
    .flatMap((one) => (one.isUnion() ? one.types : [one]))
    .flatMap((one) => {
      // A member of an enumeration has a name as well.
      const name = (one.symbol as ts.Symbol | undefined)?.name;
      return one.isStringLiteral() ? [one.value, ...(name === undefined ? [] : [name])] : [];
    });
}
