import type { TSESTree } from "@typescript-eslint/utils";
import type { Catalog } from "../models/catalog.ts";
import { otherFileOf } from "../source/program-files.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Pipe } from "../values/value.ts";
import { blame, concerns, joinsOf, seenFrom } from "./blame.ts";
import type { Frame } from "./frame.ts";
import type { DriveEvent, ReadEvent } from "./graph.ts";
import { interpret } from "./interpret.ts";
import type { InterpretOptions } from "./interpret.ts";
import { starvations } from "./order.ts";

/** A wait for a consumer that is not running, in the terms of the source: of this file or, by `otherFileOf`, of others. */
export interface Finding {
  /** The expression of this file to point at. */
  readonly node: TSESTree.Node;
  /** The send, or other promise, that cannot settle. */
  readonly wait: TSESTree.Node;
  readonly pipe: Pick<Pipe, "deferred" | "foreign" | "kind" | "node" | "size" | "unit">;
  /** The consumer; undefined where nothing reads at all. */
  readonly consumer: Consumer | undefined;
}

export interface Consumer {
  readonly how: ReadEvent["how"];
  /** What reads. */
  readonly node: TSESTree.Node;
  /** What makes it run, as seen from the code that waits; the same node where it reads there itself. */
  readonly start: TSESTree.Node;
  /** Nothing else reads, neither from this pipe nor from others that this code waits for next. */
  readonly sole: boolean;
  /** The expression that made the lazy consumer which reads; undefined where there is none. */
  readonly lazy: TSESTree.Node | undefined;
}

/** Finds every place of a file that waits for a consumer which is started only afterwards, in order of the source. */
export function findStarvation(file: SourceFile, catalog: Catalog, options?: InterpretOptions): Finding[] {
  const findings = new Map<TSESTree.Node, Finding>();
  const pipes = new Map<Pipe, TSESTree.Node>();
  for (const run of interpret(file, catalog, options)) {
    const joins = joinsOf(run.points);
    for (const starvation of starvations(run)) {
      if (!concerns(run, starvation)) continue;
      const { wait, drive, pipe } = starvation;
      const node = blame(starvation, joins);
      // One report for each pipe: what comes after its first wait does not happen.
      const reported = pipes.get(pipe);
      if (findings.has(node) || (reported && reported.range[0] <= node.range[0])) continue;
      if (reported) findings.delete(reported);
      pipes.set(pipe, node);
      const seen = (event: DriveEvent): TSESTree.Node => seenFrom(event, wait.point.frame);
      const others = [starvation, ...starvation.masked].flatMap(({ drives }) => drives);
      const consumer = drive && {
        how: drive.how,
        node: drive.node,
        start: seen(drive),
        sole: others.every((other) => seen(other) === seen(drive)),
        lazy: lazyAround(drive.point.frame),
      };
      findings.set(node, {
        node,
        wait: pipe.deferred ? wait.node : wait.wait.node,
        pipe: wait.wait.always ? { ...pipe, size: 0 } : pipe,
        consumer,
      });
    }
  }
  return [...findings.values()].sort((one, other) => one.node.range[0] - other.node.range[0]);
}

/** The generator call of this file whose body reads. */
function lazyAround(inner: Frame): TSESTree.Node | undefined {
  for (let frame: Frame | undefined = inner; frame; frame = frame.caller?.frame) {
    if (frame.generator && !otherFileOf(frame.generator)) return frame.generator;
  }
  return undefined;
}
