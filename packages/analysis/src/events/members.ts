import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { memberOrigin } from "../source/origin.ts";
import { isFunction, meaningfulParent, propertyName } from "../source/syntax.ts";
import type { Environment } from "../values/environment.ts";
import type { Atom, ClassAtom, ClosureAtom, CollectionAtom, LazyAtom, Value } from "../values/value.ts";
import { union } from "../values/value.ts";
import { waiting } from "./effects.ts";
import { follow } from "./follow.ts";
import type { Frame } from "./frame.ts";
import { exported } from "./modules.ts";
import { addAll, api, collection, end, made, object, propertyOf } from "./run.ts";
import type { Run } from "./run.ts";
import { noteMember } from "./typed.ts";

/** What may be in the arrays, maps and sets that a value may be. */
export function elementsOf(value: Value): Value {
  return [...new Set(value.flatMap((atom) => (atom.type === "collection" ? [...atom.elements] : [])))];
}

/** What iterating gives: the elements, or pairs with them. */
export function itemsOf(frame: Frame, node: TSESTree.Node, value: Value): Value {
  const keyed = value.some((atom) => atom.type === "collection" && atom.keyed);
  return keyed ? [entry(frame, node, elementsOf(value))] : elementsOf(value);
}

/** Elements as seen in one turn of a loop: another turn has others. */
export function atCursor(run: Run, elements: Value, cursor: TSESTree.Node): Value {
  return elements.map((atom) => (atom.type === "end" ? end(run, atom.pipe, atom.kind, cursor) : atom));
}

/** A `[key, value]` pair. */
function entry(frame: Frame, node: TSESTree.Node, values: Value): Atom {
  const pair = made(frame, node, "entry", () => object(node));
  addAll(propertyOf(pair, "1"), values);
  return pair;
}

/** An array, map or iterator with these elements, made at a node. */
export function collectionOf(
  frame: Frame,
  node: TSESTree.Node,
  part: string,
  elements: Value,
  size: number | undefined,
  keyed = false,
): CollectionAtom {
  const atom = made(frame, node, part, () => collection(node, size, keyed));
  atom.size = size;
  addAll(atom.elements, elements);
  return atom;
}

/** The one size of the collections that a value may be. */
export function sizeOf(value: Value): number | undefined {
  const sizes = new Set(value.map((atom) => (atom.type === "collection" ? atom.size : undefined)));
  return sizes.size === 1 ? [...sizes][0] : undefined;
}

/** `receiver.name`, not as the callee of a call; without a name any of its members. */
export function memberOf(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  receiver: Value,
  name: string | undefined,
): Value {
  noteMember(run, frame, receiver, name, node.type === T.MemberExpression ? node.object : undefined);
  return union(receiver.map((atom) => memberOfAtom(run, frame, node, atom, name)));
}

function memberOfAtom(run: Run, frame: Frame, node: TSESTree.Node, atom: Atom, name: string | undefined): Value {
  switch (atom.type) {
    case "end":
    case "lazy":
      return name === undefined ? [] : modelledMember(run, frame, node, atom, name);
    case "collection":
      return name === "length" || name === "size"
        ? []
        : name === undefined || /^\d+$/u.test(name)
          ? [...atom.elements]
          : [];
    case "object":
      return objectMember(run, frame, node, atom, name);
    case "class":
      return name === undefined ? [] : methodOf(run, atom, name, true);
    case "api":
      return name === undefined ? [] : api(run, memberOrigin(atom.origin, name));
    case "module":
      return name === undefined ? [] : exported(run, frame.environment.file, atom, name);
    default:
      return [];
  }
}

function objectMember(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  atom: Atom & { type: "object" },
  name: string | undefined,
): Value {
  if (name === undefined) return [...new Set([...atom.properties.values()].flatMap((property) => [...property]))];
  const own = [...(atom.properties.get(name) ?? []), ...(atom.properties.get("*") ?? [])];
  if (!atom.instanceOf) return own;
  const getter = accessorOf(run, atom.instanceOf, name);
  if (getter) {
    const child = follow(run, frame, node, getter, { args: [], self: [atom], mode: "inline", key: getter });
    return [...own, ...(child?.returns ?? [])];
  }
  return [...own, ...methodOf(run, atom.instanceOf, name, false)];
}

function modelledMember(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  atom: Atom & { type: "end" | "lazy" },
  name: string,
): Value {
  const role = run.catalog.kind(atom.kind)?.members[name];
  if (role?.role === "end") return [asKind(run, frame, node, atom, role.kind)];
  const called = meaningfulParent(node)?.type === T.CallExpression;
  if (role?.role === "wait" && atom.type === "end" && !called) {
    const { pipe, cursor } = atom;
    return [waiting(frame, node, [{ pipe, cursor, always: false, guard: undefined }])];
  }
  // Properties of query builders are builders: `prisma.user`.
  if (role === undefined && run.catalog.kind(atom.kind)?.otherwise.role === "chain") return [atom];
  return [];
}

/** The same thing as another kind. */
export function asKind(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  atom: Atom & { type: "end" | "lazy" },
  kind: string,
): Atom {
  if (atom.type === "end") return end(run, atom.pipe, kind, atom.cursor);
  return made(frame, node, `as ${kind}`, (): LazyAtom => ({ type: "lazy", kind, node: atom.node, holds: atom.holds }));
}

const closures = new WeakMap<Environment, Map<TSESTree.Node, ClosureAtom>>();

/** The closure of a function in an environment: one, however often the function is evaluated. */
export function closureOf(run: Run, node: TSESTree.Node, environment: Environment): ClosureAtom | undefined {
  if (!isFunction(node)) return undefined;
  let known = closures.get(environment);
  if (!known) {
    known = new Map();
    closures.set(environment, known);
  }
  let closure = known.get(node);
  if (!closure) {
    closure = { type: "closure", node, environment };
    known.set(node, closure);
  }
  if (environment.file.ast === run.file.ast) run.closures.set(node, closure);
  return closure;
}

function classMember(
  atom: ClassAtom,
  name: string,
  isStatic: boolean,
  kinds: readonly string[],
): TSESTree.MethodDefinition | undefined {
  for (const member of atom.node.body.body) {
    if (member.type !== T.MethodDefinition || member.static !== isStatic || !kinds.includes(member.kind)) continue;
    if (propertyName(member.key, member.computed) === name) return member;
  }
  return undefined;
}

/** The method of a class or of the classes that it extends. */
function methodOf(run: Run, atom: ClassAtom, name: string, isStatic: boolean): Value {
  for (const part of lineage(atom)) {
    const member = classMember(part, name, isStatic, ["method"]);
    const closure = member && closureOf(run, member.value, part.environment);
    if (closure) return [closure];
  }
  return [];
}

function accessorOf(run: Run, atom: ClassAtom, name: string): ClosureAtom | undefined {
  for (const part of lineage(atom)) {
    const member = classMember(part, name, false, ["get"]);
    if (member) return closureOf(run, member.value, part.environment);
  }
  return undefined;
}

/** A class and the classes that it extends, nearest first. */
export function lineage(atom: ClassAtom, seen = new Set<ClassAtom>()): ClassAtom[] {
  if (seen.has(atom)) return [];
  seen.add(atom);
  return [atom, ...[...atom.parents].flatMap((parent) => (parent.type === "class" ? lineage(parent, seen) : []))];
}
