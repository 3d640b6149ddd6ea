import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";

type Operand = TSESTree.Node | null | undefined;

/** What an expression evaluates first, in order; transparent expressions have no step of their own. */
export interface Operands {
  readonly nodes: readonly Operand[];
  readonly transparent?: boolean;
}

/** The operands of expressions that evaluate all of them, one after the other. */
export function operandsOf(node: TSESTree.Node): Operands {
  switch (node.type) {
    case T.ArrayExpression:
      return { nodes: node.elements };
    case T.BinaryExpression:
      return { nodes: [node.left, node.right] };
    case T.AwaitExpression:
    case T.SpreadElement:
    case T.UnaryExpression:
    case T.UpdateExpression:
    case T.YieldExpression:
    case T.JSXSpreadAttribute:
      return { nodes: [node.argument] };
    case T.ImportExpression:
      return { nodes: [node.source, node.options] };
    case T.MetaProperty:
      return { nodes: [] };
    case T.NewExpression:
      return { nodes: [node.callee, ...node.arguments] };
    case T.ObjectExpression:
      return { nodes: node.properties };
    case T.SequenceExpression:
    case T.TemplateLiteral:
      return { nodes: node.expressions };
    case T.JSXElement:
      return { nodes: [...node.openingElement.attributes, ...node.children] };
    case T.JSXFragment:
      return { nodes: node.children };
    default:
      return { nodes: node.type.startsWith("TS") ? [] : childrenOf(node), transparent: true };
  }
}

/** The children of a node of no special kind, or of one that we do not know, in the order of the source. */
function childrenOf(node: TSESTree.Node): TSESTree.Node[] {
  const children: TSESTree.Node[] = [];
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (key === "parent") continue;
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(child)) children.push(child);
    }
  }
  return children.sort((one, other) => one.range[0] - other.range[0]);
}

function isNode(value: unknown): value is TSESTree.Node {
  if (typeof value !== "object" || value === null) return false;
  return "type" in value && "range" in value && Array.isArray(value.range);
}
