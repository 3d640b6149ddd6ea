import type { TSESTree } from "@typescript-eslint/utils";
import { groupBy } from "../source/occurrences.ts";
import type { Names } from "../source/names.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { calledFunction, functionOf } from "../uses/functions.ts";

type Calls = readonly TSESTree.CallExpression[];

/** The calls of a file by what they call and what they give; keys are those of `Names.key`. */
export interface CallIndex {
  /** By the function of the file that is run. */
  readonly running: ReadonlyMap<FunctionNode, Calls>;
  /** The arguments that are such a function. */
  readonly lending: ReadonlyMap<FunctionNode, readonly TSESTree.CallExpressionArgument[]>;
  readonly calling: ReadonlyMap<string, Calls>;
  readonly giving: ReadonlyMap<string, Calls>;
}

const known = new WeakMap<Calls, CallIndex>();

/** The index of all calls of a file; made once. */
export function callIndex(names: Names, calls: Calls): CallIndex {
  let index = known.get(calls);
  if (!index) {
    const given = calls.flatMap((call) => call.arguments.map((argument) => ({ call, argument })));
    index = {
      running: groupBy(calls, (call) => calledFunction(names, call)),
      lending: groupBy(
        calls.flatMap((call) => call.arguments),
        (argument) => functionOf(names, argument),
      ),
      calling: groupBy(calls, ({ callee }) => names.key(callee)),
      giving: new Map(
        [...groupBy(given, ({ argument }) => names.key(argument))].map(([key, places]) => [
          key,
          [...new Set(places.map(({ call }) => call))],
        ]),
      ),
    };
    known.set(calls, index);
  }
  return index;
}
