import type { TSESTree } from "@typescript-eslint/utils";
import type { Atom, PromiseAtom, Value } from "../values/value.ts";
import { drive, wait } from "./effects.ts";
import { follow } from "./follow.ts";
import type { Frame } from "./frame.ts";
import { memberOf } from "./members.ts";
import { addAll, happen, made, promise } from "./run.ts";
import type { Run } from "./run.ts";

/** `await value`: everything that the promise waits for is waited for here. Returns what it settles with. */
export function awaited(run: Run, frame: Frame, node: TSESTree.Node, value: Value): Value {
  const result = new Set<Atom>();
  for (const atom of value) {
    switch (atom.type) {
      case "promise":
        for (const item of atom.waits) wait(run, node, item);
        for (const task of atom.tasks) happen(run, { type: "join", task });
        addAll(result, atom.result);
        break;
      case "lazy":
        if (run.catalog.kind(atom.kind)?.members["@@await"]) drive(run, frame, node, [atom]);
        else result.add(atom);
        break;
      case "object":
        if (!startThenable(run, frame, node, atom)) result.add(atom);
        break;
      default:
        result.add(atom);
    }
  }
  return [...result];
}

/** An object with a `then` of its own starts when it is awaited. */
function startThenable(run: Run, frame: Frame, node: TSESTree.Node, atom: Atom): boolean {
  const thens = memberOf(run, frame, node, [atom], "then").filter((then) => then.type === "closure");
  for (const then of thens) follow(run, frame, node, then, { args: [], self: [atom], mode: "maybe", key: then });
  return thens.length > 0;
}

/** A promise of all that the given values promise: it waits for everything that any of them waits for. */
export function together(run: Run, frame: Frame, node: TSESTree.Node, part: string, values: Value): PromiseAtom {
  const all = made(frame, node, part, () => promise(node));
  for (const atom of values) {
    if (atom.type === "promise") {
      addAll(all.waits, atom.waits);
      addAll(all.tasks, atom.tasks);
      addAll(all.result, atom.result);
    } else if (atom.type === "lazy" && run.catalog.kind(atom.kind)?.members["@@await"]) {
      drive(run, frame, node, [atom]);
    } else if (atom.type !== "object" || !startThenable(run, frame, node, atom)) {
      all.result.add(atom);
    }
  }
  return all;
}
