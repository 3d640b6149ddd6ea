import type { TSESTree } from "@typescript-eslint/utils";
import type { Atom, Value } from "../values/value.ts";
import { union } from "../values/value.ts";
import { awaited } from "./await.ts";
import { drive } from "./effects.ts";
import { follow } from "./follow.ts";
import type { Frame } from "./frame.ts";
import { itemsOf, memberOf } from "./members.ts";
import { addAll } from "./run.ts";
import type { Run } from "./run.ts";

const ITERATORS: readonly string[] = ["@@asyncIterator", "@@iterator"];

/** What spreading gives: what is in arrays, and what iterating yields. */
export function spreadOf(run: Run, frame: Frame, node: TSESTree.Node, value: Value): Value {
  return union([itemsOf(frame, node, value), iterated(run, frame, node, value)]);
}

/** Something is iterated here: what is lazy in it runs. Returns what it yields, where that is known. */
export function iterated(run: Run, frame: Frame, node: TSESTree.Node, value: Value): Value {
  const items = new Set<Atom>();
  for (const atom of value) {
    switch (atom.type) {
      case "end":
      case "lazy":
        drive(run, frame, node, [atom]);
        break;
      case "generator": {
        const { closure, args, self } = atom;
        const child = follow(run, frame, node, closure, {
          args: args.map((arg) => [...arg]),
          self,
          mode: "maybe",
          key: atom,
          generator: atom.node,
        });
        addAll(items, child?.yields ?? []);
        break;
      }
      case "object":
        for (const method of ITERATORS.flatMap((name) => memberOf(run, frame, node, [atom], name))) {
          if (method.type !== "closure") continue;
          if (method.node.generator) {
            const child = follow(run, frame, node, method, { args: [], self: [atom], mode: "maybe", key: method });
            addAll(items, child?.yields ?? []);
          } else {
            const child = follow(run, frame, node, method, { args: [], self: [atom], mode: "inline", key: method });
            const iterators = [...(child?.returns ?? [])].filter((iterator) => iterator !== atom);
            addAll(items, iterated(run, frame, node, iterators));
          }
        }
        // A hand-made iterator: the loop calls its next().
        for (const next of memberOf(run, frame, node, [atom], "next")) {
          if (next.type !== "closure") continue;
          const child = follow(run, frame, node, next, { args: [], self: [atom], mode: "maybe", key: next });
          const turns = awaited(run, frame, node, [...(child?.returns ?? [])]);
          addAll(items, memberOf(run, frame, node, turns, "value"));
        }
        break;
      default:
    }
  }
  return [...items];
}
