import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { arrive, both, mayThrow } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { evaluate } from "./expressions.ts";

export function isPattern(node: TSESTree.Node): node is TSESTree.ArrayPattern | TSESTree.ObjectPattern {
  return node.type === T.ArrayPattern || node.type === T.ObjectPattern;
}

/** Draws the binding of a value to a target: taking it apart, with defaults for what is missing. */
export function bind(draft: Draft, target: TSESTree.Node | null | undefined): void {
  if (!target) return;
  switch (target.type) {
    case T.AssignmentPattern:
      if (isPattern(target.left)) {
        bindDefault(draft, target);
        bind(draft, target.left);
      } else {
        evaluate(draft, target.left);
        bindDefault(draft, target);
      }
      return;
    case T.ArrayPattern:
      for (const element of target.elements) bind(draft, element);
      break;
    case T.ObjectPattern:
      for (const property of target.properties) {
        if (property.type === T.Property) {
          evaluate(draft, property.key);
          bind(draft, property.value);
        } else {
          bind(draft, property);
        }
      }
      break;
    case T.RestElement:
      bind(draft, target.argument);
      return;
    case T.TSParameterProperty:
      bind(draft, target.parameter);
      return;
    default:
      evaluate(draft, target);
      return;
  }
  arrive(draft, "evaluate", target);
  mayThrow(draft);
}

/** A default is evaluated only for what is missing. */
function bindDefault(draft: Draft, target: TSESTree.AssignmentPattern): void {
  const given = draft.ends;
  evaluate(draft, target.right);
  if (draft.ends === given) return;
  draft.ends = both(given, draft.ends);
  arrive(draft, "evaluate", target);
}
