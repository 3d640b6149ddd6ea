import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { enclosingClass, isAwaited, propertyName, unwrap } from "../source/syntax.ts";
import { environment } from "../values/environment.ts";
import type { Atom, ClassAtom, ClosureAtom, LimiterAtom, Value } from "../values/value.ts";
import { numberOf, union } from "../values/value.ts";
import { callApi } from "./apis.ts";
import { assignMember } from "./assign.ts";
import { together } from "./await.ts";
import { drive, escape, repetitions } from "./effects.ts";
import { nameOf, valueOf } from "./evaluate.ts";
import { follow, isElsewhere } from "./follow.ts";
import { frame as openFrame, isRunning } from "./frame.ts";
import type { Frame } from "./frame.ts";
import { spreadOf } from "./iterate.ts";
import { closureOf, lineage, methodOf, placesOf } from "./members.ts";
import { callMethod } from "./methods.ts";
import { addAll, idOf, loopsAround, made, MAX_DEPTH, MAX_FRAMES_ELSEWHERE, object } from "./run.ts";
import type { Run } from "./run.ts";
import { walk } from "./interpret.ts";

/** The values of the arguments; a spread one gives its elements, in any place. */
function argumentsOf(run: Run, frame: Frame, node: TSESTree.CallExpression | TSESTree.NewExpression): Value[] {
  return node.arguments.flatMap((argument) => {
    const value = valueOf(run, frame, argument);
    if (argument.type !== T.SpreadElement) return [value];
    const source = valueOf(run, frame, argument.argument);
    const spread = spreadOf(run, frame, argument, source);
    return placesOf(source) ?? [spread, spread];
  });
}

export function call(run: Run, frame: Frame, node: TSESTree.CallExpression): Value {
  const args = argumentsOf(run, frame, node);
  const callee = unwrap(node.callee);
  if (callee.type === T.Super) return superCall(run, frame, node, args);
  if (callee.type === T.MemberExpression) {
    const name = nameOf(run, frame, callee);
    const receiver = valueOf(run, frame, callee.object);
    if (callee.object.type === T.Super && name !== undefined) {
      const isStatic = receiver.some((atom) => atom.type === "class");
      const method = methodOf(run, parentsOf(receiver, node), name, isStatic, "method");
      if (method.length > 0) return callValue(run, frame, node, method, args, receiver);
    }
    return callMethod(run, frame, node, receiver, name, args);
  }
  return callValue(run, frame, node, valueOf(run, frame, callee), args, []);
}

/** The classes above the one whose code `super` stands in. */
function parentsOf(self: Value, node: TSESTree.Node): ClassAtom[] {
  const inside = enclosingClass(node);
  return self.flatMap((atom) => {
    const from = atom.type === "object" ? atom.instanceOf : atom;
    const own = from?.type === "class" ? lineage(from) : [];
    return own.slice(own.findIndex((part) => part.node === inside) + 1);
  });
}

/** Calls whatever the callee may be. */
export function callValue(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  callee: Value,
  args: readonly Value[],
  self: Value,
): Value {
  const results: Value[] = [];
  const several = callee.filter((atom) => atom.type === "closure").length > 1;
  for (const atom of callee) {
    switch (atom.type) {
      case "closure":
        results.push(invoke(run, frame, node, atom, args, self, several));
        break;
      case "end":
        // The resolver of a promise.
        if (atom.kind === "Resolver") {
          addAll(atom.pipe.settles, args[0] ?? []);
          drive(run, frame, node, [atom]);
          results.push([]);
        }
        break;
      case "limiter":
        results.push(limited(run, frame, node, atom, args));
        break;
      case "lazy":
        results.push(callMethod(run, frame, node, [atom], "@@call", args));
        break;
      case "api": {
        const result = callApi(run, frame, node, atom.origin, args);
        if (result) results.push(result);
        break;
      }
      default:
    }
  }
  if (results.length === 0) escape(run, frame, node, args.flat());
  return union(results);
}

/** Runs a function whose code we have. What cannot be followed may do anything with its arguments. */
export function invoke(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  closure: ClosureAtom,
  args: readonly Value[],
  self: Value,
  several = false,
): Value {
  noteNumbers(run, args);
  if (closure.node.generator) {
    const sets = args.map(() => new Set<Atom>());
    const atom = made(frame, node, "generator", () => ({
      type: "generator" as const,
      node,
      closure,
      args: sets,
      self: [],
    }));
    const owners = atom.self as Atom[];
    owners.push(...self.filter((owner) => !owners.includes(owner)));
    atom.args.forEach((set, index) => {
      addAll(set, args[index] ?? []);
    });
    return [atom];
  }
  if (leadsTooFar(run, closure)) {
    escape(run, frame, node, [self, ...args].flat());
    return [];
  }
  const beside = closure.node.async && !isAwaited(node);
  const mode = beside ? "task" : several ? "maybe" : "inline";
  const child = follow(run, frame, node, closure, { args, self, mode, key: closure });
  if (!child) {
    escape(run, frame, node, args.flat());
    return [];
  }
  return closure.node.async ? [asyncResult(run, frame, node, closure, child)] : [...child.returns];
}

/** A function at the top of another file has nothing of ours but its arguments: it need not be followed. */
function leadsTooFar(run: Run, closure: ClosureAtom): boolean {
  const isTop = closure.environment.parent === undefined;
  return isTop && run.framesElsewhere >= MAX_FRAMES_ELSEWHERE && isElsewhere(run, closure);
}

function noteNumbers(run: Run, args: readonly Value[]): void {
  for (const arg of args) run.largest = Math.max(run.largest, numberOf(arg) ?? 0);
}

/** The promise of an async function: it settles with what the function returns, when its task has ended. */
export function asyncResult(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  closure: ClosureAtom,
  child: Frame,
  gives: Value = [...child.returns],
): Atom {
  const result = together(run, frame, node, `async ${String(idOf(closure.node))}`, gives);
  if (child.task !== frame.task) result.tasks.add(child.task);
  return result;
}

/** A limiter runs what it is given as soon as it has a permit. */
export function limited(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  limiter: LimiterAtom,
  args: readonly Value[],
  each = 1,
): Value {
  const times = each * repetitions(loopsAround(frame, node), undefined, undefined);
  const demand = (run.demand.get(limiter) ?? 0) + times;
  run.demand.set(limiter, demand);
  const { permits } = limiter;
  const short =
    permits === undefined ? run.strict && times > 1 : demand > permits && (run.strict || Number.isFinite(demand));
  const results: Value[] = [];
  const [task, ...rest] = args;
  for (const closure of task ?? []) {
    if (closure.type !== "closure") continue;
    const child = follow(run, frame, node, closure, { args: rest, mode: "task", key: closure, queued: short });
    if (child) results.push([asyncResult(run, frame, node, closure, child)]);
  }
  return union(results);
}

export function construct(run: Run, frame: Frame, node: TSESTree.NewExpression): Value {
  const args = argumentsOf(run, frame, node);
  const results: Value[] = [];
  for (const atom of valueOf(run, frame, node.callee)) {
    if (atom.type === "api") {
      const result = callApi(run, frame, node, atom.origin, args);
      if (result) results.push(result);
    } else if (atom.type === "class") {
      results.push(instantiate(run, frame, node, atom, args));
    }
  }
  if (results.length === 0) escape(run, frame, node, args.flat());
  return union(results);
}

/** `new C()`: fields, then the constructor. A subclass of a stream is that stream, too. */
function instantiate(
  run: Run,
  frame: Frame,
  node: TSESTree.NewExpression,
  atom: ClassAtom,
  args: readonly Value[],
): Value {
  noteNumbers(run, args);
  const instance = made(frame, node, "instance", () => object(node, atom));
  const parts = lineage(atom);
  const streams = [...new Set(parts.flatMap((part) => [...part.parents]))].flatMap((parent) => {
    if (parent.type !== "api") return [];
    const { module } = parent.origin;
    return run.catalog.api(parent.origin)?.role === "pipe" && run.catalog.knows(module)
      ? (callApi(run, frame, node, parent.origin, []) ?? [])
      : [];
  });
  for (const part of parts.toReversed()) {
    initializeFields(run, frame, node, part, [instance, ...streams]);
  }
  const closure = parts.map((part) => constructorOf(run, part)).find((found) => found !== undefined);
  const self = [instance, ...streams];
  const child = closure && follow(run, frame, node, closure, { args, self, mode: "inline", key: closure });
  if (!child && (closure || streams.length === 0)) escape(run, frame, node, args.flat());
  return self;
}

function constructorOf(run: Run, atom: ClassAtom): ClosureAtom | undefined {
  const member = atom.node.body.body.find((item) => item.type === T.MethodDefinition && item.kind === "constructor");
  return member?.type === T.MethodDefinition ? closureOf(run, member.value, atom.environment) : undefined;
}

/** The fields of an object, or of a class itself: what those hold may be used at any time. */
export function initializeFields(run: Run, frame: Frame, node: TSESTree.Node, atom: ClassAtom, self: Value): void {
  for (const field of atom.node.body.body) {
    if (field.type !== T.PropertyDefinition || field.static !== self.includes(atom) || !field.value) continue;
    // A field that makes another instance of its class.
    if (isRunning(frame, field) || frame.depth >= MAX_DEPTH) continue;
    const child = made(frame, node, `field ${String(idOf(field))}`, () => {
      const scope = environment(field, atom.environment);
      return openFrame({ owner: field, environment: scope, caller: { frame, node }, task: frame.task });
    });
    for (const owner of self) child.environment.self.add(owner);
    const before = run.at;
    const { first, exits } = walk(run, child);
    before.next.push(first);
    run.at = exits[0] ?? before;
    assignMember(
      run,
      frame,
      field,
      self.filter((owner) => owner.type === "object"),
      propertyName(field.key, field.computed),
      valueOf(run, child, field.value),
    );
  }
}

function superCall(run: Run, frame: Frame, node: TSESTree.CallExpression, args: readonly Value[]): Value {
  const self = valueOf(run, frame, node.callee);
  const [closure] = parentsOf(self, node).flatMap((parent) => constructorOf(run, parent) ?? []);
  if (closure) follow(run, frame, node, closure, { args, self, mode: "inline", key: closure });
  return [];
}
