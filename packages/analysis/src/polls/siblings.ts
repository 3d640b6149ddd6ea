import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { reaches } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { assignmentsTo, membersOf, occurrencesOf } from "../source/occurrences.ts";
import { contains, isCall, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import { isFailed } from "./failures.ts";
import type { Failure } from "./failures.ts";

/** Members that say that a thing has failed, where the poll asks only whether it has succeeded: `job.error`. */
export function siblingFailure(
  { names, file }: Resources,
  state: TSESTree.Node,
  turn: TSESTree.Node,
): Failure | undefined {
  const expression = unwrap(state);
  const object = expression.type === T.MemberExpression ? names.key(expression.object) : undefined;
  if (expression.type !== T.MemberExpression || object === undefined || isFailed(memberName(expression) ?? ""))
    return undefined;
  const siblings = membersOf(occurrencesOf(names, file.ast, object)).filter((one) => isFailed(memberName(one) ?? ""));
  if (siblings.some((one) => contains(turn, one))) return undefined;
  const set = siblings.find(
    (one) => one.parent.type === T.AssignmentExpression && one.parent.left === one && isSomething(one.parent.right),
  );
  return set && !endsPoll(names, file.ast, state, set) ? { text: sourceOf(set), node: set } : undefined;
}

/** Whether what is waited for comes with the failure: `this.error = error; this.stop();`. */
function endsPoll(names: Names, ast: TSESTree.Program, state: TSESTree.Node, failure: TSESTree.Node): boolean {
  const owner = ownerOf(failure);
  const key = names.key(state);
  if (!owner || key === undefined) return false;
  const changes = assignmentsTo(occurrencesOf(names, ast, key));
  const comes = (call: TSESTree.CallExpression): boolean => {
    const body = memberFunctionOf(names, call.callee);
    return body !== undefined && changes.some((one) => contains(body, one));
  };
  const places = [...changes, ...findAll(owner, isCall).filter(comes)].flatMap((one) => [...stepsAt(owner, one)]);
  const set = stepsAt(owner, failure);
  return reaches(set, (step) => places.includes(step)) || reaches(places, (step) => set.includes(step));
}

function isSomething(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === T.Literal) return Boolean(value.value);
  return !(value.type === T.Identifier && value.name === "undefined");
}

function sourceOf(node: TSESTree.MemberExpression): string {
  const object = unwrap(node.object);
  const before =
    object.type === T.ThisExpression
      ? "this"
      : object.type === T.Identifier
        ? object.name
        : object.type === T.MemberExpression
          ? sourceOf(object)
          : "…";
  return `${before}.${memberName(node) ?? ""}`;
}
