import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { CallModel, JoinModel } from "../models/resource.ts";
import type { Names } from "../source/names.ts";
import { isFunction, literalText, meaningfulParent, memberName, propertyName, unwrap } from "../source/syntax.ts";
import { heldDuring } from "./during.ts";
import type { Resources } from "./resources.ts";

/** A call in any form; the template of a tag stands for no arguments. */
export type AnyCall = TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression;

/** The model of a call without what its own arguments say otherwise; what cannot be seen into may say anything. */
export function asConfigured(resources: Resources, call: AnyCall, model: CallModel): CallModel {
  const { unless, when, joins } = model;
  if (unless === undefined && !when && !joins && model.during !== "call") return model;
  const { names } = resources;
  const isFree =
    (unless !== undefined && [unless].flat().some((option) => mayHave(names, call, model, option))) ||
    (model.acquires !== undefined &&
      (joins ? isJoined(names, call, model, joins) : isInJoined(resources, call, model)));
  const isIdle = when && !Object.entries(when).some(([option, value]) => hasOption(names, call, option, value));
  return without(model, [...(isFree ? TAKING : []), ...(isIdle === true ? KEEPING : [])]);
}

const TAKING: readonly (keyof CallModel)[] = ["starts", "permits", "acquires", "key", "during", "releaser"];
const KEEPING: readonly (keyof CallModel)[] = ["blocks", "body"];

function without(model: CallModel, words: readonly string[]): CallModel {
  return Object.fromEntries(Object.entries(model).filter(([word]) => !words.includes(word)));
}

function argumentsOf(call: AnyCall): readonly TSESTree.CallExpressionArgument[] {
  return call.type === T.TaggedTemplateExpression ? [] : call.arguments;
}

function mayHave(names: Names, call: AnyCall, model: CallModel, option: string): boolean {
  const held = call.type === T.CallExpression ? heldDuring(names, call, model) : undefined;
  return argumentsOf(call).some((argument, index) => {
    if (argument === held || index === model.key) return false;
    const value = named(names, unwrap(argument));
    if (value.type === T.Literal || value.type === T.TemplateLiteral || isFunction(value)) return false;
    return value.type !== T.ObjectExpression || optionOf(value, option) !== undefined;
  });
}

/** An option by its name: what it is set to, or the spread that may contain it. */
function optionOf(object: TSESTree.ObjectExpression, option: string): TSESTree.Node | undefined {
  const found = object.properties.find(
    (part) => part.type === T.SpreadElement || propertyName(part.key, part.computed) === option,
  );
  return found?.type === T.Property ? found.value : found;
}

function hasOption(names: Names, call: AnyCall, option: string, value: string): boolean {
  return argumentsOf(call).some((argument) => {
    const given = named(names, unwrap(argument));
    if (given.type !== T.ObjectExpression) return literalText(given)?.toUpperCase() === option.toUpperCase();
    const set = optionOf(given, option);
    if (!set || set.type === T.SpreadElement) return false;
    const is = named(names, unwrap(set));
    return value === "*" || (is.type === T.Literal && String(is.value) === value);
  });
}

function isJoined(names: Names, call: AnyCall, model: CallModel, { argument, property }: JoinModel): boolean {
  const given = argumentsOf(call);
  if (given.slice(0, argument + 1).some(({ type }) => type === T.SpreadElement)) return true;
  const at = given[argument];
  if (!at || property === undefined) return at !== undefined;
  if (call.type === T.CallExpression && at === heldDuring(names, call, model)) return false;
  const value = named(names, unwrap(at));
  if (value.type === T.Literal || isFunction(value)) return false;
  return value.type !== T.ObjectExpression || optionOf(value, property) !== undefined;
}

/** Whether an earlier or a later call of the chain says it for all of them. */
function isInJoined(resources: Resources, call: AnyCall, model: CallModel): boolean {
  return isJoinedLater(resources, call, model) || isJoinedEarlier(resources, call);
}

/** `knex("users").where(…).transacting(transaction)`. */
function isJoinedLater(resources: Resources, call: AnyCall, { gives }: CallModel): boolean {
  let current: AnyCall = call;
  let resource = gives;
  for (;;) {
    const member: TSESTree.Node | undefined = meaningfulParent(current);
    const next: TSESTree.Node | undefined = member && meaningfulParent(member);
    if (member?.type !== T.MemberExpression || next?.type !== T.CallExpression) return false;
    if (unwrap(next.callee) !== member || resource === undefined) return false;
    const model = resources.method(resource, memberName(member) ?? "");
    if (model?.joins && isJoined(resources.names, next, model, model.joins)) return true;
    resource = model?.gives === undefined || model.gives === "this" ? resource : model.gives;
    current = next;
  }
}

/** `users.createQueryBuilder("user", runner).where(…).getMany()`, or the same by a name. */
function isJoinedEarlier(resources: Resources, call: AnyCall): boolean {
  const { names } = resources;
  const callee = unwrap(call.type === T.TaggedTemplateExpression ? call.tag : call.callee);
  const before = callee.type === T.MemberExpression ? named(names, unwrap(callee.object)) : undefined;
  if (before?.type !== T.CallExpression) return false;
  const model = resources.call(before);
  return (
    (model?.joins !== undefined && isJoined(names, before, model, model.joins)) || isJoinedEarlier(resources, before)
  );
}

/** What a name stands for all its life: a value or a function; everything else stands for itself. */
function named(names: Names, node: TSESTree.Node): TSESTree.Node {
  const variable = names.variable(node);
  const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
  if (isFunction(declared) && declared.type === T.FunctionDeclaration) return declared;
  return names.held(node) ?? node;
}
