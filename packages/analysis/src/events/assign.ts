import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { variableLookup } from "../source/source-file.ts";
import { propertyName, unwrap } from "../source/syntax.ts";
import { bind, home } from "../values/environment.ts";
import type { Atom, Value } from "../values/value.ts";
import { escape } from "./effects.ts";
import { valueOf } from "./evaluate.ts";
import { follow } from "./follow.ts";
import type { Frame } from "./frame.ts";
import { collectionOf, contentsOf, elementsOf, memberOf, settersOf } from "./members.ts";
import { addAll, propertyOf } from "./run.ts";
import type { Run } from "./run.ts";

/** Gives a value to the names of a pattern. */
export function bindPattern(run: Run, frame: Frame, target: TSESTree.Node | null, value: Value): void {
  if (!target) return;
  switch (target.type) {
    case T.Identifier: {
      const variable = variableLookup(frame.environment.file)(target);
      if (!variable) return;
      bind(frame.environment, variable, value);
      // A variable outlives the run in which a callback of unknown callers sets it.
      if (!frame.own.has(home(frame.environment, variable))) escape(run, frame, target, value);
      return;
    }
    case T.AssignmentPattern:
      bindPattern(run, frame, target.left, value);
      bindPattern(run, frame, target.left, valueOf(run, frame, target.right));
      return;
    case T.ArrayPattern:
      target.elements.forEach((element, index) => {
        if (element?.type === T.RestElement)
          bindPattern(run, frame, element.argument, [
            collectionOf(frame, element, "rest", contentsOf(value), undefined),
          ]);
        else bindPattern(run, frame, element, memberOf(run, frame, target, value, String(index)));
      });
      return;
    case T.ObjectPattern:
      for (const property of target.properties) {
        if (property.type === T.RestElement) bindPattern(run, frame, property.argument, value);
        else {
          const name = propertyName(property.key, property.computed);
          bindPattern(run, frame, property.value, memberOf(run, frame, property, value, name));
        }
      }
      return;
    case T.TSParameterProperty: {
      const { parameter } = target;
      bindPattern(run, frame, parameter, value);
      const name = parameter.type === T.AssignmentPattern ? parameter.left : parameter;
      assignMember(run, frame, target, selfOf(frame), propertyName(name, false), valueOf(run, frame, name));
      return;
    }
    case T.MemberExpression: {
      const receiver = valueOf(run, frame, target.object);
      assignMember(run, frame, target, receiver, propertyName(target.property, target.computed), value);
      return;
    }
    default:
      if (unwrap(target) !== target) bindPattern(run, frame, unwrap(target), value);
  }
}

function selfOf(frame: Frame): Value {
  return [...frame.environment.self];
}

/** Whether code that we do not see has an array or object by now. */
export function isShared(run: Run, frame: Frame, atom: Atom): boolean {
  return run.escaped.has(atom) || !frame.own.has(atom);
}

/** `receiver.name = value`; `receiver[…] = value` where the name is not known. */
export function assignMember(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  receiver: Value,
  name: string | undefined,
  value: Value,
): void {
  let stored = false;
  for (const atom of receiver) {
    if (atom.type === "object") {
      stored = true;
      addAll(propertyOf(atom, name ?? "*"), value);
      for (const setter of name === undefined ? [] : settersOf(run, atom, name)) {
        if (setter.type === "closure")
          follow(run, frame, node, setter, { args: [value], self: [atom], mode: "inline", key: setter });
      }
      if (isShared(run, frame, atom)) escape(run, frame, node, value);
    } else if (atom.type === "collection") {
      stored = true;
      addAll(atom.elements, value);
      if (isShared(run, frame, atom)) escape(run, frame, node, value);
    }
  }
  // Who has the receiver has the value as well.
  if (!stored && elementsOf(receiver).length === 0) escape(run, frame, node, value);
}
