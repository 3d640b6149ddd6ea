import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { ownValue } from "./field.ts";
import { GLOBAL, importOrigin, memberOrigin, requireOrigin } from "./origin.ts";
import type { Origin } from "./origin.ts";
import { variableLookup } from "./source-file.ts";
import type { SourceFile, VariableLookup } from "./source-file.ts";
import { isFunction, memberName, propertyName, unwrap } from "./syntax.ts";

/** What the names in a file stand for. */
export interface Names {
  readonly variable: VariableLookup;
  /** Which import or global an expression is; undefined where it is neither. */
  origin(node: TSESTree.Node): Origin | undefined;
  /**
   * The same text for expressions that denote the same thing: aliases, `this.x` in one class, members, what was taken
   * out by destructuring. Undefined for everything that is not a name or a member of one.
   */
  key(node: TSESTree.Node): string | undefined;
  /** What a variable holds, if that is the same all its life. */
  initial(variable: Scope.Variable): Initial | undefined;
  /** The expression that a name holds all its life; undefined for a part of one, and for everything that is no name. */
  held(name: TSESTree.Node): TSESTree.Node | undefined;
}

/** What a variable holds from its beginning: a value, or a member of a value (`const { stdout } = child`). */
export interface Initial {
  readonly value: TSESTree.Expression;
  /** Names of the members taken out, outermost first. */
  readonly path: readonly string[];
}

const known = new WeakMap<TSESTree.Program, Names>();

/** The names of a file; made once. */
export function namesOf(file: SourceFile): Names {
  let names = known.get(file.ast);
  if (!names) {
    names = read(file);
    known.set(file.ast, names);
  }
  return names;
}

// Aliases of aliases; a cycle of them ends here as well.
const MAX_ALIASES = 8;

function read(file: SourceFile): Names {
  const variable = variableLookup(file);
  const ids = new Map<Scope.Variable, number>();

  const initials = new Map<Scope.Variable, Initial | undefined>();
  const initial = (of: Scope.Variable): Initial | undefined => {
    // Each mention of a name asks, and each answer looks at all its mentions.
    if (!initials.has(of)) initials.set(of, readInitial(of));
    return initials.get(of);
  };

  const readInitial = (of: Scope.Variable): Initial | undefined => {
    const [definition] = of.defs;
    const node = definition?.node as TSESTree.Node | undefined;
    if (of.defs.length !== 1 || node?.type !== T.VariableDeclarator || !node.init) return undefined;
    if (of.references.some((reference) => reference.isWrite() && !reference.init)) return undefined;
    const path = pathInPattern(node.id, definition?.name as TSESTree.Node);
    return path && { value: node.init, path };
  };

  const held = (name: TSESTree.Node): TSESTree.Node | undefined => {
    const named = variable(name);
    const start = named && initial(named);
    return start?.path.length === 0 ? unwrap(start.value) : undefined;
  };

  const origin = (node: TSESTree.Node, depth = 0): Origin | undefined => {
    const expression = unwrap(node);
    const required = requireOrigin(expression);
    if (required || depth > MAX_ALIASES) return required;
    if (expression.type === T.MemberExpression) {
      const name = memberName(expression);
      const object = name === undefined ? undefined : origin(expression.object, depth + 1);
      if (!object || name === undefined) return fieldOrigin(expression, depth + 1);
      if (object.module === GLOBAL && object.path.length === 1 && object.path[0] === "globalThis") {
        return { module: GLOBAL, path: [name] };
      }
      return memberOrigin(object, name);
    }
    if (expression.type !== T.Identifier) return undefined;
    const found = variable(expression);
    if (!found || found.defs.length === 0) return { module: GLOBAL, path: [expression.name] };
    const imported = importOrigin(found);
    if (imported) return imported;
    const start = initial(found);
    const from = start && origin(start.value, depth + 1);
    return from && start.path.reduce(memberOrigin, from);
  };

  /** `this.spawn`, where the class puts nothing else into it than an import. */
  const fieldOrigin = (node: TSESTree.MemberExpression, depth: number): Origin | undefined => {
    const value = ownValue(node);
    const found = value && origin(value, depth);
    return found?.path[0] === "undefined" ? undefined : found;
  };

  const key = (node: TSESTree.Node, depth = 0): string | undefined => {
    const expression = unwrap(node);
    switch (expression.type) {
      case T.ThisExpression:
        return thisKey(expression);
      case T.MemberExpression: {
        const name = memberName(expression);
        const object = name === undefined ? undefined : key(expression.object, depth);
        return object === undefined ? undefined : `${object}.${name ?? ""}`;
      }
      case T.Identifier: {
        const found = variable(expression);
        if (!found) return `global ${expression.name}`;
        const start = depth < MAX_ALIASES ? initial(found) : undefined;
        const alias = start && isReference(start.value) ? key(start.value, depth + 1) : undefined;
        if (alias !== undefined && start) return [alias, ...start.path].join(".");
        let id = ids.get(found);
        if (id === undefined) {
          id = ids.size;
          ids.set(found, id);
        }
        return `${found.name}#${id.toString()}`;
      }
      default:
        return undefined;
    }
  };

  return { variable, origin: (node) => origin(node), key: (node) => key(node), initial, held };
}

/** What an expression stands for: what its name holds all its life, or itself. */
export function standsFor(names: Names, node: TSESTree.Node): TSESTree.Node {
  const expression = unwrap(node);
  return names.held(expression) ?? expression;
}

function isReference(node: TSESTree.Node): boolean {
  const { type } = unwrap(node);
  return type === T.Identifier || type === T.MemberExpression || type === T.ThisExpression;
}

/** `this` is one thing in a class, and in each function that is no arrow. */
function thisKey(node: TSESTree.Node): string {
  let owner: TSESTree.Node | undefined = node.parent;
  while (owner && owner.type !== T.ClassBody && owner.type !== T.Program && !isOwnFunction(owner)) owner = owner.parent;
  return keyOfThis(owner);
}

/** The text for what `this` is in a class body, a function or a file. */
export function keyOfThis(owner: TSESTree.Node | undefined): string {
  return `this@${String(owner?.range[0] ?? 0)}`;
}

function isOwnFunction(node: TSESTree.Node): boolean {
  if (!isFunction(node) || node.type === T.ArrowFunctionExpression) return false;
  return node.parent.type !== T.MethodDefinition;
}

/** The members through which a pattern reaches the name that it declares; undefined past arrays, defaults and rests. */
export function pathInPattern(pattern: TSESTree.Node, name: TSESTree.Node): readonly string[] | undefined {
  if (pattern === name) return [];
  if (pattern.type !== T.ObjectPattern) return undefined;
  for (const property of pattern.properties) {
    if (property.type !== T.Property) continue;
    const member = propertyName(property.key, property.computed);
    if (member === undefined) continue;
    const rest = pathInPattern(property.value, name);
    if (rest) return [member, ...rest];
  }
  return undefined;
}
