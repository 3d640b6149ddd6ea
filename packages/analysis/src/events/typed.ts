import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import { packageOf } from "../source/package.ts";
import { meaningfulParent, unwrap } from "../source/syntax.ts";
import type { TypeServices } from "../source/source-file.ts";
import type { Value } from "../values/value.ts";
import { literalOf } from "../values/value.ts";
import { newPipe } from "./apis.ts";
import type { Frame } from "./frame.ts";
import { addAll, end } from "./run.ts";
import type { Run } from "./run.ts";
import { receiverOf, sourcesOf } from "./untyped.ts";

/** What a call or an `await` gives where nothing else is known of it, if that matters: asking for types is dear. */
export function typedResult(run: Run, frame: Frame, node: TSESTree.Node): Value {
  return run.asksTypes && isUsed(node) && matters(run, node) ? typedValue(run, frame, node) : [];
}

function matters({ untyped }: Run, node: TSESTree.Node): boolean {
  return untyped.has(undefined) || untyped.has(node) || untyped.has(receiverOf(node));
}

function isUsed(node: TSESTree.Node): boolean {
  switch (meaningfulParent(node)?.type) {
    // What is awaited is no stream; what it settles with may be one.
    case T.AwaitExpression:
    case T.BinaryExpression:
    case T.ExpressionStatement:
    case T.IfStatement:
    case T.TemplateLiteral:
    case T.ThrowStatement:
    case T.UnaryExpression:
      return false;
    default:
      return true;
  }
}

/**
 * What an expression is by its type, where nothing else is known of it: a stream that a function of another
 * package made, or a parameter. Its room and its other users are not known.
 */
export function typedValue(run: Run, frame: Frame, node: TSESTree.Node): Value {
  const { types } = frame.environment.file;
  const kind = types && kindOf(run, types, unwrap(node));
  if (kind === undefined) return [];
  const unit = kind === "Duplex" || kind === "Archiver" ? "bytes" : "items";
  const pipe = newPipe(run, frame, node, "typed", {
    kind,
    unit,
    size: unit === "bytes" ? 65_536 : undefined,
    foreign: true,
  });
  return [end(run, pipe, kind)];
}

/** What happens to a stream as its ends go on. */
export const STREAM_EVENTS: ReadonlySet<string> = new Set(["close", "drain", "end", "finish"]);

/** Notes a call that waits, if its receiver is a stream; who listens waits with a promise of his own. */
export function noteCall(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  receiver: Value,
  name: string | undefined,
  args: readonly Value[],
): void {
  const callee = node.type === T.CallExpression ? unwrap(node.callee) : undefined;
  if (callee?.type !== T.MemberExpression) return;
  noteMember(run, frame, receiver, name, callee.object);
  if (run.pipes.size > 0) noteEvent(run, frame, receiver, args[0] ?? [], callee.object);
}

/** Notes that a member is used of something that may be a stream, and nothing tells so but its type. */
export function noteMember(
  run: Run,
  frame: Frame,
  receiver: Value,
  name: string | undefined,
  node: TSESTree.Node | undefined,
): void {
  if (name !== undefined && run.catalog.awaits(name)) noteStream(run, frame, receiver, node);
}

/** Notes that somebody listens to an event which is that of a stream, if the type says so. */
export function noteEvent(run: Run, frame: Frame, emitter: Value, event: Value, node: TSESTree.Node | undefined): void {
  if (STREAM_EVENTS.has(String(literalOf(event)))) noteStream(run, frame, emitter, node);
}

/** Notes that something is waited for, or read into, as only a stream is. */
export function noteStream(run: Run, frame: Frame, value: Value, node: TSESTree.Node | undefined): void {
  if (run.forNames || value.some((atom) => atom.type === "end")) return;
  const { types } = frame.environment.file;
  if (!types || run.untyped.has(undefined)) return;
  const sources = node ? sourcesOf(run, frame, node) : [undefined];
  if (sources.every((source) => run.untyped.has(source))) return;
  if (!node || mayBeStream(run, types, node)) addAll(run.untyped, sources);
}

/** What the types of Node's transforms extend, or implement. */
const WIDER: ReadonlySet<string> = new Set([
  "Duplex",
  "EventEmitter",
  "ReadWriteStream",
  "Readable",
  "ReadableStream",
  "Stream",
  "Writable",
  "WritableStream",
]);

// ts.TypeFlags.Any and .Unknown: types are all that we take from TypeScript.
const ANYTHING = 3;

/** Whether something may hold a stream where it is used, whatever type that has where it is made. */
function mayBeStream(run: Run, types: TypeServices, node: TSESTree.Node): boolean {
  const location = types.esTreeNodeToTSNodeMap.get(unwrap(node)) as ts.Node | undefined;
  if (!location) return false;
  const checker = types.program.getTypeChecker();
  const type = checker.getTypeAtLocation(location);
  // What is unknown would be no more than an object without null and undefined.
  if ((type.flags & ANYTHING) !== 0) return true;
  return isWide(run, types, checker.getApparentType(checker.getNonNullableType(type)));
}

function isWide(run: Run, types: TypeServices, type: ts.Type): boolean {
  if (type.isUnionOrIntersection()) return type.types.some((part) => isWide(run, types, part));
  const symbol = type.getSymbol();
  return symbol !== undefined && (WIDER.has(symbol.name) || kindOfSymbol(run, types, symbol) !== undefined);
}

function kindOf(run: Run, types: TypeServices, node: TSESTree.Node): string | undefined {
  const location = types.esTreeNodeToTSNodeMap.get(node) as ts.Node | undefined;
  if (!location) return undefined;
  const checker = types.program.getTypeChecker();
  // The type itself, not its bases: a hash is a Transform as well, and waits for no reader.
  const symbol = checker.getTypeAtLocation(location).getSymbol();
  return symbol && kindOfSymbol(run, types, symbol);
}

function kindOfSymbol(run: Run, types: TypeServices, symbol: ts.Symbol): string | undefined {
  for (const declaration of symbol.declarations ?? []) {
    const declaredBy = packageOf(types.program, declaration.getSourceFile());
    const kind = declaredBy === undefined ? undefined : run.catalog.typeKind(declaredBy, symbol.name);
    if (kind !== undefined) return kind;
  }
  return undefined;
}
