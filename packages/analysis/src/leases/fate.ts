import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Resources } from "../resources/resources.ts";
import { callsOn, occurrencesOf } from "../source/occurrences.ts";
import { contains, literalText, meaningfulParent, memberName, propertyName, unwrap } from "../source/syntax.ts";
import { calledFunction } from "../uses/functions.ts";
import type { Happening } from "../uses/pending.ts";
import { isExported } from "../uses/uses.ts";
import { escapeAt } from "./captured.ts";
import { isHarmless, isReleasing } from "./conventions.ts";
import type { Lease } from "./lease.ts";

/** Somebody else gets it, and may give it back. */
export interface Move extends Happening {
  /** Returned or stored: it is theirs. Otherwise they may only borrow it. */
  readonly forGood: boolean;
}

/** Everything that becomes of a lease in its file. */
export interface Fate {
  readonly releases: readonly Happening[];
  /** Those that are told what to give back, or are asked of the lease itself. */
  readonly named: readonly Happening[];
  readonly moves: readonly Move[];
  readonly variables: ReadonlySet<Scope.Variable>;
  /** Where it is spoken of. */
  readonly mentions: readonly TSESTree.Node[];
}

type Calls = Happening["calls"];

// Helpers that call helpers with what they were given.
const MAX_CALLS = 4;

const LISTEN: ReadonlySet<string | undefined> = new Set(["addEventListener", "addListener", "on"]);
const ENDS: ReadonlySet<string | undefined> = new Set(["close", "end", "error", "notice"]);

export function fateOf(resources: Resources, lease: Lease): Fate {
  const { names } = resources;
  const releases: Happening[] = [];
  const moves: Move[] = [];
  const variables = new Set<Scope.Variable>();
  const mentions: TSESTree.Node[] = [];
  const seen = new Set<string>();
  const listeners: Happening[] = [];

  const move = (node: TSESTree.Node, calls: Calls, forGood: boolean): void => {
    moves.push({ node, calls, forGood });
  };

  const references = (target: TSESTree.Identifier, calls: Calls, isReleaser: boolean): void => {
    const variable = names.variable(target);
    if (!variable) return;
    const id = [variable.defs[0]?.name.range[0], ...calls.map(({ range }) => range[0])].join();
    if (seen.has(id)) return;
    seen.add(id);
    variables.add(variable);
    if (isExported(target)) move(target, calls, true);
    for (const reference of variable.references) {
      if (reference.isRead()) follow(reference.identifier, calls, isReleaser);
    }
  };

  const bind = (target: TSESTree.Node, calls: Calls, isReleaser: boolean): void => {
    if (target.type === T.AssignmentPattern) bind(target.left, calls, isReleaser);
    else if (target.type === T.Identifier) references(target, calls, isReleaser);
    else if (target.type !== T.ObjectPattern || target.properties.some(isReleaserTaken)) move(target, calls, true);
  };

  const follow = (node: TSESTree.Node, calls: Calls, isReleaser: boolean): void => {
    const parent = meaningfulParent(node);
    const is = (child: TSESTree.Node | null | undefined): boolean => child != null && unwrap(child) === unwrap(node);
    mentions.push(node);
    switch (parent?.type) {
      case T.ExpressionStatement:
      case T.UnaryExpression:
      case T.BinaryExpression:
      case T.IfStatement:
      case T.WhileStatement:
      case T.DoWhileStatement:
      case T.ForStatement:
      case T.ForOfStatement:
      case T.ForInStatement:
      case T.TemplateLiteral:
      case T.TSTypeQuery:
        return;
      case T.ConditionalExpression:
        if (!is(parent.test)) follow(parent, calls, isReleaser);
        return;
      case T.LogicalExpression:
        if (is(parent.right) || parent.operator !== "&&") follow(parent, calls, isReleaser);
        return;
      case T.SequenceExpression:
        if (is(parent.expressions.at(-1))) follow(parent, calls, isReleaser);
        return;
      case T.AwaitExpression:
        follow(parent, calls, isReleaser);
        return;
      case T.VariableDeclarator:
        if (parent.parent.kind.endsWith("using")) releases.push({ node: parent, calls });
        else bind(parent.id, calls, isReleaser);
        return;
      case T.AssignmentExpression:
        if (!is(parent.right)) return;
        if (isLocal(names.variable(parent.left))) {
          bind(parent.left, calls, isReleaser);
          follow(parent, calls, isReleaser);
        } else move(parent, calls, true);
        return;
      case T.MemberExpression:
        if (is(parent.object)) member(parent, calls);
        else move(node, calls, true);
        return;
      case T.CallExpression:
        if (is(parent.callee)) {
          if (isReleaser) releases.push({ node: parent, calls });
        } else argument(node, parent, calls, isReleaser);
        return;
      case T.NewExpression:
      case T.ArrayExpression:
      case T.Property:
      case T.SpreadElement:
        move(parent, calls, false);
        return;
      default:
        move(node, calls, true);
    }
  };

  /** Only the owner and what is nested in it sees the variable. */
  const isLocal = (variable: Scope.Variable | undefined): boolean =>
    variable !== undefined && contains(lease.owner, variable.scope.block);

  const member = (node: TSESTree.MemberExpression, calls: Calls): void => {
    const call = meaningfulParent(node);
    const name = memberName(node);
    const model = resources.method(resources.of(node.object), name ?? "");
    const isRelease = model ? model.releases === "receiver" : isReleasing(resources.of(node.object), name);
    if (call?.type !== T.CallExpression || unwrap(call.callee) !== node) {
      if (isRelease) move(node, calls, true);
    } else if (isRelease) {
      releases.push({ node: call, calls });
    } else {
      const [event] = call.arguments;
      if (LISTEN.has(name) && event && !ENDS.has(literalText(event))) listeners.push({ node: call, calls });
      if (name === "bind") move(call, calls, true);
      if (model?.gives === "this") follow(call, calls, false);
    }
  };

  const argument = (node: TSESTree.Node, call: TSESTree.CallExpression, calls: Calls, isReleaser: boolean): void => {
    const index = call.arguments.findIndex((one) => unwrap(one) === unwrap(node));
    if (resources.call(call)?.releases === "argument" && index === 0) {
      releases.push({ node: call, calls });
      return;
    }
    const helper = calledFunction(names, call);
    const parameter = helper?.params[index];
    if (helper && parameter && calls.length < MAX_CALLS && parameter.type !== T.RestElement) {
      bind(parameter, [...calls, call], isReleaser);
      return;
    }
    const callee = unwrap(call.callee);
    const name = memberName(callee);
    if (isReleaser) move(call, calls, true);
    else if (isReleasing(undefined, name)) releases.push({ node: call, calls });
    else if (!isHarmless(names, call)) move(call, calls, false);
  };

  const begin = (root: TSESTree.Node, isReleaser: boolean): void => {
    const isName = root.type === T.Identifier && names.variable(root)?.defs.some(({ name }) => name === root);
    (isName === true ? bind : follow)(root, [], isReleaser);
  };

  if (lease.value) begin(lease.value, false);
  for (const releaser of lease.releasers) begin(releaser, true);
  for (const mention of mentions) {
    const escape = contains(lease.owner, mention) ? escapeAt(resources, lease.owner, mention) : undefined;
    if (escape) move(escape.node, [], escape.forGood);
  }
  // Whoever listens for more than its end, and never gives it back, keeps it as long as the program runs.
  const all = [...releases, ...releasesOfLender(resources, lease)];
  if (all.length === 0) for (const { node, calls } of listeners) move(node, calls, true);
  return { releases: all, named: releases, moves, variables, mentions };
}

/** `mutex.release()`, `browser.close()`: what the lender gives back without being told what. */
function releasesOfLender({ file, names, ...resources }: Resources, { acquisition }: Lease): Happening[] {
  const key = acquisition.lender && names.key(acquisition.lender);
  if (key === undefined) return [];
  return occurrencesOf(names, file.ast, key).flatMap((lender) =>
    callsOn([lender]).flatMap(({ call: node, method }) =>
      resources.method(resources.of(lender), method)?.releases === "receiver" ? [{ node, calls: [] }] : [],
    ),
  );
}

function isReleaserTaken(property: TSESTree.Node): boolean {
  if (property.type !== T.Property) return true;
  return isReleasing(undefined, propertyName(property.key, property.computed));
}
