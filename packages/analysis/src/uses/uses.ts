import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Names } from "../source/names.ts";
import {
  enclosingClass,
  isFunction,
  meaningfulParent,
  memberName,
  propertyName,
  thisMember,
  unwrap,
} from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";
import { isOwnField } from "./fields.ts";
import { calledFunction, callsOf } from "./functions.ts";

/** A place at which something is used, after names, fields, parameters and results of this file have been followed. */
export interface Use {
  /** The expression that denotes the thing, or one of its parts. */
  readonly node: TSESTree.Node;
  /** The parts that lead from the thing to what is used here: `["stdout"]`. */
  readonly path: readonly string[];
  /** The calls that brought the thing here as an argument, outermost first. */
  readonly calls: readonly TSESTree.CallExpression[];
}

export interface UsesOptions {
  /** Members that are followed as parts of the thing. */
  readonly parts: ReadonlySet<string>;
  /** Methods that return their receiver. */
  readonly chained: ReadonlySet<string | undefined>;
  /** What is returned is a use, even where all callers are in this file. */
  readonly returned?: boolean;
}

/** Everything that a file does with a thing, and the variables that hold it. */
export interface Uses {
  readonly uses: readonly Use[];
  readonly variables: ReadonlySet<Scope.Variable>;
  /** Where the function that made it was called, if it returns it to callers that are all in this file. */
  readonly results: readonly TSESTree.CallExpression[];
}

// Helpers that call helpers with what they were given.
const MAX_CALLS = 4;

/** Follows what an expression makes to all its uses in the file. What leaves the file is a use as well. */
export function usesOf(names: Names, root: TSESTree.Node, options: UsesOptions): Uses {
  const uses: Use[] = [];
  const variables = new Set<Scope.Variable>();
  const results: TSESTree.CallExpression[] = [];
  const seen = new Set<string>();

  const use = (node: TSESTree.Node, from: Omit<Use, "node">): void => {
    uses.push({ node, ...from });
  };

  const references = (variable: Scope.Variable | undefined, from: Omit<Use, "node">): void => {
    if (!variable) return;
    const id = [variable.defs[0]?.name.range[0], ...from.path, ...from.calls.map(({ range }) => range[0])].join();
    if (seen.has(id)) return;
    seen.add(id);
    variables.add(variable);
    for (const reference of variable.references) {
      if (reference.isRead()) follow(reference.identifier, from);
    }
  };

  const bind = (target: TSESTree.Node, from: Omit<Use, "node">): void => {
    switch (target.type) {
      case T.Identifier:
        if (isExported(target)) use(target, from);
        references(names.variable(target), from);
        return;
      case T.AssignmentPattern:
        bind(target.left, from);
        return;
      case T.ObjectPattern:
        for (const property of target.properties) {
          if (property.type !== T.Property) {
            use(property, from);
            continue;
          }
          const name = propertyName(property.key, property.computed);
          if (name === undefined) use(property, from);
          else if (options.parts.has(name))
            part(name, property, from, (deeper) => {
              bind(property.value, deeper);
            });
        }
        return;
      case T.MemberExpression:
        field(target, from);
        return;
      default:
        use(target, from);
    }
  };

  /** A field that only its class can see is followed; any other may be used anywhere. */
  const field = (target: FieldNode, from: Omit<Use, "node">): void => {
    const body = enclosingClass(target)?.body;
    const name = target.type === T.MemberExpression ? thisMember(target) : propertyName(target.key, target.computed);
    if (!body || name === undefined || !isOwnField(names, body, name)) {
      use(target, from);
      return;
    }
    const id = [body.range[0], name, ...from.path].join();
    if (seen.has(id)) return;
    seen.add(id);
    walk(body, (node) => {
      if (node.type !== T.MemberExpression || node === target || thisMember(node) !== name || isWritten(node)) return;
      if (enclosingClass(node)?.body === body) follow(node, from);
    });
  };

  const follow = (node: TSESTree.Node, from: Omit<Use, "node">): void => {
    const parent = meaningfulParent(node);
    if (!parent) return;
    const is = (child: TSESTree.Node | null | undefined): boolean => child != null && unwrap(child) === unwrap(node);
    switch (parent.type) {
      case T.ExpressionStatement:
      case T.UnaryExpression:
      case T.BinaryExpression:
      case T.IfStatement:
      case T.WhileStatement:
      case T.DoWhileStatement:
      case T.ForStatement:
      case T.TSTypeQuery:
        return;
      case T.ConditionalExpression:
        if (!is(parent.test)) follow(parent, from);
        return;
      case T.LogicalExpression:
        if (is(parent.right) || parent.operator !== "&&") follow(parent, from);
        return;
      case T.SequenceExpression:
        if (is(parent.expressions.at(-1))) follow(parent, from);
        return;
      case T.AwaitExpression:
        follow(parent, from);
        return;
      case T.VariableDeclarator:
        bind(parent.id, from);
        return;
      case T.PropertyDefinition:
        field(parent, from);
        return;
      case T.AssignmentExpression:
        if (!is(parent.right)) return;
        bind(parent.left, from);
        follow(parent, from);
        return;
      case T.MemberExpression:
        if (is(parent.object)) member(node, parent, from);
        else use(node, from);
        return;
      case T.CallExpression:
        argument(node, parent, from);
        return;
      case T.ReturnStatement:
      case T.ArrowFunctionExpression:
        returned(node, parent, from);
        return;
      default:
        use(node, from);
    }
  };

  /** A part of a part has another name, or a variable has become its own part, `r = r.body`, and there is no end. */
  const part = (
    name: string,
    node: TSESTree.Node,
    from: Omit<Use, "node">,
    go: (deeper: Omit<Use, "node">) => void,
  ): void => {
    if (from.path.includes(name)) use(node, from);
    else go({ ...from, path: [...from.path, name] });
  };

  const member = (node: TSESTree.Node, parent: TSESTree.MemberExpression, from: Omit<Use, "node">): void => {
    const name = memberName(parent);
    if (name !== undefined && options.parts.has(name)) {
      if (isWritten(parent)) return;
      part(name, node, from, (deeper) => {
        follow(parent, deeper);
      });
      return;
    }
    use(node, from);
    const call = meaningfulParent(parent);
    const isCalled = call?.type === T.CallExpression && unwrap(call.callee) === parent;
    if (isCalled && name !== undefined && options.chained.has(name)) follow(call, from);
  };

  const argument = (node: TSESTree.Node, call: TSESTree.CallExpression, from: Omit<Use, "node">): void => {
    const index = call.arguments.findIndex((one) => unwrap(one) === unwrap(node));
    const helper = calledFunction(names, call);
    const parameter = helper?.params[index];
    if (!helper || index < 0 || from.calls.length >= MAX_CALLS || usesArguments(helper)) {
      use(node, from);
      return;
    }
    // A parameter that is not there is not used.
    if (parameter) bind(parameter, { path: from.path, calls: [...from.calls, call] });
    else if (helper.params.at(-1)?.type === T.RestElement) use(node, from);
  };

  /** `const children = commands.map((command) => spawn(command))`: each is followed as if it were the only one. */
  const collection = (node: TSESTree.Node, from: Omit<Use, "node">): void => {
    const parent = meaningfulParent(node);
    if (parent?.type === T.VariableDeclarator && parent.id.type === T.Identifier && !isExported(parent.id)) {
      const variable = names.variable(parent.id);
      const id = `each ${String(parent.range[0])} ${from.path.join()}`;
      if (!variable || seen.has(id)) return;
      seen.add(id);
      for (const reference of variable.references) {
        if (reference.isRead()) collection(reference.identifier, from);
      }
    } else if (parent?.type === T.ForOfStatement && !parent.await && parent.left.type === T.VariableDeclaration) {
      const [declarator] = parent.left.declarations;
      bind(declarator.id, from);
    } else if (parent?.type === T.MemberExpression && memberName(parent) === "length") {
      return;
    } else {
      const call = parent?.type === T.MemberExpression ? meaningfulParent(parent) : undefined;
      const callback = call?.type === T.CallExpression && isEach(call) ? call.arguments[0] : undefined;
      const [element] = callback && isFunction(callback) ? callback.params : [];
      if (element) bind(element, from);
      else use(node, from);
    }
  };

  const returned = (node: TSESTree.Node, parent: TSESTree.Node, from: Omit<Use, "node">): void => {
    const owner = isFunction(parent) ? parent : enclosing(parent);
    if (options.returned === true && !(owner && isDiscarded(names, owner))) {
      use(node, from);
      return;
    }
    const mapped = owner && mappedBy(owner);
    if (mapped) {
      collection(mapped, from);
      return;
    }
    if (owner && isDiscarded(names, owner)) return;
    const calls = owner && from.calls.length + from.path.length === 0 ? callsOf(names, owner) : undefined;
    if (calls) results.push(...calls);
    else use(node, from);
  };

  const isDeclaration =
    root.type === T.ObjectPattern ||
    (root.type === T.Identifier && names.variable(root)?.defs.some(({ name }) => name === root) === true);
  (isDeclaration ? bind : follow)(root, { path: [], calls: [] });
  return { uses, variables, results };
}

const LISTEN: ReadonlySet<string | undefined> = new Set(["on", "once", "addListener", "addEventListener", "forEach"]);

/** Whether nobody looks at what a function returns: it is an executor, a listener, or is called by a timer. */
function isDiscarded(names: Names, node: FunctionNode): boolean {
  const call = meaningfulParent(node);
  if (call?.type !== T.CallExpression && call?.type !== T.NewExpression) return false;
  if (unwrap(call.callee) === node) return false;
  const origin = names.origin(call.callee);
  if (origin?.module === "global") return ["Promise", "setTimeout", "setInterval"].includes(origin.path.join());
  return LISTEN.has(memberName(call.callee));
}

/** The call of `map` that gathers what a function returns. */
function mappedBy(node: FunctionNode): TSESTree.CallExpression | undefined {
  const call = meaningfulParent(node);
  const isMap = call?.type === T.CallExpression && call.arguments[0] === node && methodOf(call) === "map";
  return isMap && !node.async ? call : undefined;
}

function isEach(call: TSESTree.CallExpression): boolean {
  return methodOf(call) === "map" || methodOf(call) === "forEach";
}

function methodOf({ callee }: TSESTree.CallExpression): string | undefined {
  return memberName(callee);
}

function enclosing(node: TSESTree.Node): FunctionNode | undefined {
  let current: TSESTree.Node | undefined = node.parent;
  while (current && !isFunction(current)) current = current.parent;
  return current;
}

type FieldNode = TSESTree.MemberExpression | TSESTree.PropertyDefinition;

function isWritten(node: TSESTree.MemberExpression): boolean {
  const parent = meaningfulParent(node);
  return parent?.type === T.AssignmentExpression && parent.left === node && parent.operator === "=";
}

/** `export const child = spawn(…)`. */
export function isExported(name: TSESTree.Identifier): boolean {
  const declarator = name.parent;
  return declarator.type === T.VariableDeclarator && declarator.parent.parent.type === T.ExportNamedDeclaration;
}

function usesArguments(helper: FunctionNode): boolean {
  let found = false;
  walk(helper.body, (node) => {
    if (node.type === T.Identifier && node.name === "arguments") found = true;
    return !found;
  });
  return found;
}
