import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { memberOrigin } from "../source/origin.ts";
import { isFunction, propertyName } from "../source/syntax.ts";
import type { Environment } from "../values/environment.ts";
import type { Atom, ClassAtom, ClosureAtom, CollectionAtom, LazyAtom, ObjectAtom, Value } from "../values/value.ts";
import { union } from "../values/value.ts";
import { waitingForRoom } from "./effects.ts";
import { boundTo, follow } from "./follow.ts";
import type { Frame } from "./frame.ts";
import { exported } from "./modules.ts";
import { addAll, api, collection, end, idOf, made, object, propertyOf } from "./run.ts";
import type { Run } from "./run.ts";
import { noteMember } from "./typed.ts";

/** What may be in the arrays, maps and sets that a value may be. */
export function elementsOf(value: Value): Value {
  return [
    ...new Set(
      value.flatMap((atom) => (atom.type === "collection" ? [...atom.elements] : (placesOf([atom]) ?? []).flat())),
    ),
  ];
}

/** What is in an array, a tuple or an object. */
export function contentsOf(value: Value): Value {
  const inObjects = value.flatMap((atom) => (atom.type === "object" ? [...atom.properties.values()] : []));
  return [...new Set([...elementsOf(value), ...inObjects.flatMap((property) => [...property])])];
}

/** What is in which place of a list, as far as the source says: in a tuple. */
export function placesOf(value: Value): Value[] | undefined {
  const tuple = value.find((atom) => atom.type === "object" && atom.node.type === T.ArrayExpression);
  return tuple?.type === "object" ? [...tuple.properties.values()].map((property) => [...property]) : undefined;
}

/** A tuple as a list of what is in it. */
export function asList(frame: Frame, node: TSESTree.Node, atom: Atom): CollectionAtom | undefined {
  const places = placesOf([atom]);
  return places && collectionOf(frame, node, "list", places.flat(), places.length);
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

/** What `next()` of an iterator gives: `{ value }`. */
export function turnOf(frame: Frame, node: TSESTree.Node, values: Value): Atom {
  const turn = made(frame, node, "turn", () => object(node));
  addAll(propertyOf(turn, "value"), values);
  return turn;
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

/** An array of or iterator over `[key, value]` pairs. */
export function entriesOf(frame: Frame, node: TSESTree.Node, values: Value, size: number | undefined): CollectionAtom {
  return collectionOf(frame, node, "entries", [entry(frame, node, values)], size);
}

/** The one size of the arrays, maps and sets that a value may be. */
export function sizeOf(value: Value): number | undefined {
  const sizes = new Set(value.map((atom) => (atom.type === "collection" ? atom.size : placesOf([atom])?.length)));
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
      return name === undefined || /^\d+$/u.test(name) ? [...atom.elements] : [];
    case "object":
      return objectMember(run, frame, node, atom, name);
    case "class":
      return name === undefined ? [] : classMember(run, frame, node, atom, atom, name);
    case "api":
      return name === undefined ? [] : api(run, memberOrigin(atom.origin, name));
    case "module":
      return name === undefined ? [] : exported(run, frame.environment.file, atom, name);
    default:
      return [];
  }
}

function objectMember(run: Run, frame: Frame, node: TSESTree.Node, atom: ObjectAtom, name: string | undefined): Value {
  if (name === undefined) return [...new Set([...atom.properties.values()].flatMap((property) => [...property]))];
  const own = [...(atom.properties.get(name) ?? []), ...(atom.properties.get("*") ?? [])];
  const getters = [...(atom.properties.get(`get ${name}`) ?? [])];
  return [
    ...own,
    ...got(run, frame, node, atom, getters),
    ...(atom.instanceOf ? classMember(run, frame, node, atom, atom.instanceOf, name) : []),
  ];
}

/** Under which name an object keeps a property, or the function that gets or sets it. */
export function keyOf(kind: TSESTree.Property["kind"], name: string | undefined): string | undefined {
  return kind === "init" || name === undefined ? name : `${kind} ${name}`;
}

/** What an assignment to a property calls. */
export function settersOf(run: Run, atom: ObjectAtom, name: string): Value {
  return [
    ...(atom.properties.get(`set ${name}`) ?? []),
    ...(atom.instanceOf ? methodOf(run, lineage(atom.instanceOf), name, false, "set") : []),
  ];
}

/** What getters give. */
function got(run: Run, frame: Frame, node: TSESTree.Node, atom: Atom, getters: Value): Value {
  return getters.flatMap((getter) => {
    if (getter.type !== "closure") return [];
    const child = follow(run, frame, node, getter, { args: [], self: [atom], mode: "inline", key: getter });
    return [...(child?.returns ?? [])];
  });
}

/** A method of a class, or what a getter of it gives, for one of its objects or for the class itself. */
function classMember(run: Run, frame: Frame, node: TSESTree.Node, self: Atom, from: ClassAtom, name: string): Value {
  const isStatic = self === from;
  const getters = methodOf(run, lineage(from), name, isStatic, "get");
  return getters.length > 0
    ? got(run, frame, node, self, getters)
    : methodOf(run, lineage(from), name, isStatic, "method");
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
  if (role?.role === "wait" && atom.type === "end") {
    return [waitingForRoom(frame, node, [atom])];
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

/** What the first of some classes that declares a method or getter of that name has. */
export function methodOf(
  run: Run,
  classes: readonly ClassAtom[],
  name: string,
  isStatic: boolean,
  kind: "get" | "method" | "set",
): Value {
  for (const { node, environment } of classes) {
    for (const member of node.body.body) {
      if (member.type !== T.MethodDefinition || member.static !== isStatic || member.kind !== kind) continue;
      if (propertyName(member.key, member.computed) !== name) continue;
      const closure = closureOf(run, member.value, environment);
      if (closure) return [closure];
    }
  }
  return [];
}

/** The methods of an object, with it as their `this`. */
export function methodsOf(run: Run, frame: Frame, atom: ObjectAtom): Value {
  return (atom.instanceOf ? lineage(atom.instanceOf) : []).flatMap(({ node, environment }) =>
    node.body.body.flatMap((member) => {
      if (member.type !== T.MethodDefinition || member.static || member.kind === "constructor") return [];
      const closure = closureOf(run, member.value, environment);
      return closure
        ? [
            boundTo(
              made(frame, member, `bound ${String(idOf(atom.node))}`, () => ({ ...closure })),
              [[atom]],
            ),
          ]
        : [];
    }),
  );
}

/** A class and the classes that it extends, nearest first. */
export function lineage(atom: ClassAtom, seen = new Set<ClassAtom>()): ClassAtom[] {
  if (seen.has(atom)) return [];
  seen.add(atom);
  return [atom, ...[...atom.parents].flatMap((parent) => (parent.type === "class" ? lineage(parent, seen) : []))];
}
