import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";

export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

export type LoopNode =
  | TSESTree.DoWhileStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement;

export function isFunction(node: TSESTree.Node | null | undefined): node is FunctionNode {
  return (
    node?.type === T.ArrowFunctionExpression ||
    node?.type === T.FunctionDeclaration ||
    node?.type === T.FunctionExpression
  );
}

export function isLoop(node: TSESTree.Node): node is LoopNode {
  return (
    node.type === T.DoWhileStatement ||
    node.type === T.ForInStatement ||
    node.type === T.ForOfStatement ||
    node.type === T.ForStatement ||
    node.type === T.WhileStatement
  );
}

/** Strips what has no meaning at run time: `as`, `satisfies`, `!`, `<T>x`, optional chains. */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  for (;;) {
    switch (current.type) {
      case T.TSAsExpression:
      case T.TSSatisfiesExpression:
      case T.TSNonNullExpression:
      case T.TSTypeAssertion:
      case T.TSInstantiationExpression:
      case T.ChainExpression:
        current = current.expression;
        break;
      default:
        return current;
    }
  }
}

/** The nearest ancestor that means something at run time. */
export function meaningfulParent(node: TSESTree.Node): TSESTree.Node | undefined {
  let parent = node.parent;
  while (parent && parent !== unwrap(parent)) parent = parent.parent;
  return parent;
}

/** Whether the value of this expression is awaited on the spot. */
export function isAwaited(node: TSESTree.Node): boolean {
  return meaningfulParent(node)?.type === T.AwaitExpression;
}

/** `a.b`, `a["b"]`, `a.#b` → `b`, `b`, `#b`; undefined where the name is computed, and for anything else. */
export function memberName(node: TSESTree.Node): string | undefined {
  return node.type === T.MemberExpression ? propertyName(node.property, node.computed) : undefined;
}

/** The name of a key of an object, a class or a pattern; undefined where it is computed. */
export function propertyName(key: TSESTree.Node, computed: boolean): string | undefined {
  if (key.type === T.PrivateIdentifier) return `#${key.name}`;
  if (!computed && key.type === T.Identifier) return key.name;
  if (key.type === T.Literal) return String(key.value);
  if (isWellKnownSymbol(key)) return `@@${(key.property as TSESTree.Identifier).name}`;
  return undefined;
}

function isWellKnownSymbol(key: TSESTree.Node): key is TSESTree.MemberExpression {
  return (
    key.type === T.MemberExpression &&
    !key.computed &&
    key.object.type === T.Identifier &&
    key.object.name === "Symbol" &&
    key.property.type === T.Identifier
  );
}

/** The value of a property of an object literal; undefined where none of that name is written out. */
export function propertyValue(object: TSESTree.Node | undefined, name: string): TSESTree.Node | undefined {
  if (object?.type !== T.ObjectExpression) return undefined;
  for (const part of object.properties) {
    if (part.type === T.Property && propertyName(part.key, part.computed) === name) return part.value;
  }
  return undefined;
}

const suspends = new WeakMap<TSESTree.Node, boolean>();

/** Whether code waits anywhere in it, nested functions included: `await`, `for await`, `.then()`. */
export function mayWait(node: TSESTree.Node): boolean {
  const known = suspends.get(node);
  if (known !== undefined) return known;
  const found = waits(node) || childrenOf(node).some(mayWait);
  if (isFunction(node)) suspends.set(node, found);
  return found;
}

function waits(node: TSESTree.Node): boolean {
  switch (node.type) {
    case T.AwaitExpression:
      return true;
    case T.ForOfStatement:
      return node.await;
    case T.MemberExpression:
      return memberName(node) === "then";
    default:
      return false;
  }
}

const NO_CHILDREN: ReadonlySet<string> = new Set(["loc", "parent", "range", "type"]);

/** The nodes directly below, in the order of their keys. */
export function childrenOf(node: TSESTree.Node): TSESTree.Node[] {
  const children: TSESTree.Node[] = [];
  // Every rule walks: this is where their time goes.
  for (const key in node) {
    if (NO_CHILDREN.has(key)) continue;
    const value: unknown = node[key as keyof TSESTree.Node];
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) {
      for (const child of value as unknown[]) if (isNode(child)) children.push(child);
    } else if (isNode(value)) children.push(value);
  }
  return children;
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === "object" && value !== null && "type" in value;
}

/** The function whose code contains the node, or the program. */
export function enclosingFunction(node: TSESTree.Node): FunctionNode | TSESTree.Program | undefined {
  let current = node.parent;
  while (current && !isFunction(current) && current.type !== T.Program) current = current.parent;
  return current;
}

/** The class whose `this` the node sees; undefined where a function of another kind stands between. */
export function enclosingClass(node: TSESTree.Node): TSESTree.ClassDeclaration | TSESTree.ClassExpression | undefined {
  let current: TSESTree.Node | undefined = node;
  while (current && current.type !== T.ClassBody) {
    const isMethod = current.parent?.type === T.MethodDefinition;
    if (isFunction(current) && current.type !== T.ArrowFunctionExpression && !isMethod) return undefined;
    current = current.parent;
  }
  return current?.parent;
}

/** `this.x` → `x`; undefined for members of anything else. */
export function thisMember(node: TSESTree.MemberExpression): string | undefined {
  return node.object.type === T.ThisExpression ? memberName(node) : undefined;
}

/** The text of a string literal or a template without holes. */
export function literalText(node: TSESTree.Node): string | undefined {
  const expression = unwrap(node);
  if (expression.type === T.Literal && typeof expression.value === "string") return expression.value;
  if (expression.type === T.TemplateLiteral && expression.expressions.length === 0) {
    return expression.quasis[0]?.value.cooked ?? undefined;
  }
  return undefined;
}

export function isCall(node: TSESTree.Node): node is TSESTree.CallExpression {
  return node.type === T.CallExpression;
}

export function isAwait(node: TSESTree.Node): node is TSESTree.AwaitExpression {
  return node.type === T.AwaitExpression;
}

/** `null` or `undefined`, written out. */
export function isNothing(node: TSESTree.Node): boolean {
  return (node.type === T.Literal && node.value === null) || (node.type === T.Identifier && node.name === "undefined");
}

/** The nearest loop around a node, in its function. */
export function loopAround(node: TSESTree.Node): LoopNode | undefined {
  let current = node.parent;
  while (current && !isFunction(current) && !isLoop(current)) current = current.parent;
  return current && isLoop(current) ? current : undefined;
}

/** Whether a node stands within another, or is it. */
export function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && outer.range[1] >= inner.range[1];
}

/** What a chain of members begins with: `this` of `this.queue.waiting`. */
export function rootObject(node: TSESTree.Node): TSESTree.Node {
  let root = unwrap(node);
  while (root.type === T.MemberExpression) root = unwrap(root.object);
  return root;
}

export function isThrow(node: TSESTree.Node): node is TSESTree.ThrowStatement {
  return node.type === T.ThrowStatement;
}

/** What a value is put into, by the declaration or assignment around it. */
export function targetIn(parent: TSESTree.Node | undefined): TSESTree.Node | undefined {
  if (parent?.type === T.VariableDeclarator) return parent.id;
  return parent?.type === T.AssignmentExpression ? parent.left : undefined;
}
