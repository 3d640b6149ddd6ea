import type { GeneratedProgram, Question } from "./generated-program.ts";

/** How the driver of a generator goes on from a `yield`. */
interface Answer {
  readonly how: "next" | "return" | "throw";
  readonly value?: (note: (event: string) => void) => unknown;
}

const answer = (value: unknown): Answer => ({ how: "next", value: () => value });
const ERROR = new Error("thrown by the driver");
const fail = (): never => {
  throw ERROR;
};

/** An iterable of so many items, which then ends or throws; each request for an item is noted. */
const items = (count: number, ends: boolean): Answer => ({
  how: "next",
  value: (note) => ({
    [Symbol.iterator]() {
      let taken = 0;
      return {
        next() {
          note("next");
          taken += 1;
          if (taken <= count) return { done: false, value: taken };
          return ends ? { done: true } : fail();
        },
      };
    },
  }),
});

const resource = (fails: boolean): Answer => ({
  how: "next",
  value: (note) => ({
    [Symbol.dispose]() {
      note("dispose");
      if (fails) fail();
    },
  }),
});

const CHOICES: Record<Question, readonly Answer[]> = {
  any: [answer(null)],
  case: [answer(1), answer(0)],
  choice: [answer(true), answer(false)],
  items: [items(0, true), items(0, false), items(1, true), items(1, false), items(2, true), items(2, false)],
  key: [answer("k"), answer({ toString: fail })],
  nullable: [answer(null), answer(true), answer(false)],
  object: [answer({ k: true }), answer({ k: false }), answer(null)],
  pattern: [answer({ x: 1 }), answer({}), answer(null)],
  resource: [resource(false), resource(true)],
};

/** The answers that a question may get; every `yield` may also be made to throw or to return. */
export function answersTo(question: Question): readonly Answer[] {
  return [...CHOICES[question], { how: "throw" }, { how: "return" }];
}

export interface Execution {
  /** Questions by number, and what iterables and resources noted about themselves, as it happened. */
  readonly events: readonly string[];
  /** Undefined while the program waits for an answer to its last question. */
  readonly ending: "exit" | "throw" | undefined;
}

/** Really runs a program, with the given answers one after the other (by index among those that fit the question). */
export function execute(source: GeneratedProgram, answers: readonly number[]): Execution {
  const events: string[] = [];
  const note = (event: string): void => {
    events.push(event);
  };
  const generator = compile(source.text)();
  let resume = (): IteratorResult<number> => generator.next();
  const given = [...answers];
  for (;;) {
    let result: IteratorResult<number>;
    try {
      result = resume();
    } catch {
      return { events, ending: "throw" };
    }
    if (result.done) return { events, ending: "exit" };
    note(String(result.value));
    const index = given.shift();
    if (index === undefined) return { events, ending: undefined };
    const possible = answersTo(source.questions[result.value] ?? "choice");
    const { how, value } = possible[index % possible.length] ?? answer(null);
    if (how === "throw") resume = () => generator.throw(ERROR);
    else if (how === "return") resume = () => generator.return(null);
    else resume = () => generator.next(value?.(note));
  }
}

type Program = () => Generator<number, unknown, unknown>;

const compiled = new Map<string, Program>();

function compile(text: string): Program {
  let program = compiled.get(text);
  if (!program) {
    // Running generated programs is the purpose.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    program = new Function(`"use strict"; return ${text};`)() as Program;
    compiled.clear();
    compiled.set(text, program);
  }
  return program;
}
