import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CodePath, Step } from "../../src/flow/code-path.ts";
import { answersTo, execute } from "./execution.ts";
import type { Execution } from "./execution.ts";
import { program } from "./generated-program.ts";
import type { GeneratedProgram } from "./generated-program.ts";
import { pathOfFunction } from "./runs.ts";

/** What an execution notes when it comes to a step; undefined where it notes nothing. */
function eventOf({ kind, node }: Step): string | undefined {
  if (kind === "iterate") return "next";
  if (kind !== "evaluate") return undefined;
  if (node.type === T.VariableDeclaration) return "dispose";
  return node.type === T.YieldExpression && node.argument?.type === T.Literal ? String(node.argument.value) : undefined;
}

/** The silent steps that may follow, and the noted ones and endings after them. */
function nextEvents(from: Iterable<Step>): Step[] {
  const seen = new Set<Step>();
  const pending = [...from];
  const found: Step[] = [];
  for (let step = pending.pop(); step; step = pending.pop()) {
    for (const next of step.next) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (eventOf(next) !== undefined || next.next.length === 0) found.push(next);
      else pending.push(next);
    }
  }
  return found;
}

/** Whether what happened is a path of the graph, from its beginning to the same ending. */
function isPath(path: CodePath, { events, ending }: Execution): boolean {
  let places: Step[] = [path.enter];
  for (const event of events) places = nextEvents(places).filter((step) => eventOf(step) === event);
  if (places.length === 0) return false;
  return ending === undefined || nextEvents(places).some((step) => step.kind === ending);
}

/** A shortest path that ends with a given edge. */
function pathsByEdge(path: CodePath): Step[][] {
  const shortest = new Map<Step, readonly Step[]>([[path.enter, [path.enter]]]);
  const paths: Step[][] = [];
  for (const [step, steps] of shortest) {
    for (const next of step.next) {
      paths.push([...steps, next]);
      if (!shortest.has(next)) shortest.set(next, [...steps, next]);
    }
  }
  return paths;
}

/** The rest of a shortest path from a step to an ending; nothing where the step can only go on for ever. */
function wayOut(from: Step): readonly Step[] {
  const shortest = new Map<Step, readonly Step[]>([[from, []]]);
  for (const [step, steps] of shortest) {
    if (step.next.length === 0) return steps;
    for (const next of step.next) if (!shortest.has(next)) shortest.set(next, [...steps, next]);
  }
  return [];
}

// Answers whose difference shows only late multiply.
const MOST_EXECUTIONS = 500;

/** Looks for answers that make a program take a path, by running it; undefined where the search is given up. */
function canTake(source: GeneratedProgram, steps: readonly Step[]): boolean | undefined {
  const expected = steps.map(eventOf).filter((event) => event !== undefined);
  const last = steps.at(-1);
  const ends = last?.next.length === 0;
  let executions = 0;
  const search = (answers: readonly number[]): boolean => {
    if ((executions += 1) > MOST_EXECUTIONS) return false;
    const { events, ending } = execute(source, answers);
    if (events.slice(0, expected.length).some((event, index) => event !== expected[index])) return false;
    if (ending !== undefined) return events.length === expected.length && (!ends || ending === last.kind);
    if (events.length > expected.length) return !ends;
    const question = source.questions[Number(events.at(-1))] ?? "any";
    return answersTo(question).some((_, index) => search([...answers, index]));
  };
  return search([]) || (executions > MOST_EXECUTIONS ? undefined : false);
}

describe("generated programs", () => {
  it("only do what is a path of the graph", () => {
    const manyAnswers = fc.array(fc.array(fc.nat(), { maxLength: 30 }), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(program, manyAnswers, (source, runs) => {
        const path = pathOfFunction(source.text);
        for (const answers of runs) {
          const execution = execute(source, answers);
          const happened = [...execution.events, execution.ending ?? ""].join(" ");
          expect(isPath(path, execution), `${source.text}\n${happened}`).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("can be made to take every edge of the graph", { timeout: 60_000 }, () => {
    let [taken, givenUp] = [0, 0];
    fc.assert(
      fc.property(program, (source) => {
        fc.pre(source.questions.length <= 15);
        for (const steps of pathsByEdge(pathOfFunction(source.text))) {
          const whole = [...steps, ...steps.slice(-1).flatMap(wayOut)];
          const result = canTake(source, whole);
          if (result === undefined) givenUp += 1;
          else taken += 1;
          const names = whole.map(({ id, kind, node }) => `${String(id)} ${kind} ${source.text.slice(...node.range)}`);
          expect(result, `${source.text}\n${names.join("\n")}`).not.toBe(false);
        }
      }),
      { numRuns: 400, interruptAfterTimeLimit: 20_000 },
    );
    expect(taken).toBeGreaterThan(100);
    expect(givenUp).toBeLessThan(taken / 20);
  });

  it("have no step without a way on, and no step that is not reached", () => {
    fc.assert(
      fc.property(program, (source) => {
        const path = pathOfFunction(source.text);
        const { enter, exit, thrown, steps } = path;
        const stuck = steps.filter((step) => step.next.length === 0 && step !== exit && step !== thrown);
        const unreached = steps.filter(({ previous }) => previous.length === 0);
        expect(stuck, source.text).toEqual([]);
        expect(unreached.filter((step) => step !== enter && step !== exit && step !== thrown), source.text).toEqual([]);
        expect(steps.every(({ next }) => new Set(next).size === next.length), source.text).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
