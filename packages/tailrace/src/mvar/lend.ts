import { callable } from "../arguments.ts";
import { EMPTY } from "../channel/empty.ts";
import { free, isInside, observe } from "../limit/knots.ts";
import { Permit, PLAIN } from "../limit/permit.ts";
import { pause } from "../pace.ts";
import { attempt, rejected } from "../promises.ts";
import { callIn, currentContext } from "../waits/context.ts";
import { startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Box } from "./box.ts";
import { BoxWaiter, NestedWaiter } from "./waiters.ts";
import type { Loan } from "./waiters.ts";

/** What is put in after a call has made something. */
type Leaves<T> = (made: T | typeof EMPTY) => T | typeof EMPTY;

/**
 * Calls a function with what is in the box, which is lent to it until the function has settled.
 *
 * @param leaves what then is in it; without it, or if the function or this throws, what was in it before
 */
export function lend<T>(
  box: Box<T>,
  operation: string,
  fn: (value: T) => unknown,
  wait: WaitOptions | undefined,
  leaves?: Leaves<T>,
): Promise<unknown> {
  try {
    callable("fn", fn);
    const limits = startLimits(wait);
    const loan: Loan<T> = new Permit(box, fn, [], currentContext(), PLAIN);
    const isNested = isInside(loan.outer, box);
    const value = box.borrow(loan);
    if (value !== EMPTY) {
      const result = run(loan, Promise.resolve(value), leaves);
      return isNested ? observe(loan, result) : result;
    }
    if (!isNested) return run(loan, box.awaitLoan(new BoxWaiter(operation, box, EMPTY, loan), limits), leaves);
    const waiter = new NestedWaiter(operation, loan, EMPTY, loan);
    return observe(loan, run(loan, box.awaitLoan(waiter, limits), leaves), waiter);
  } catch (error) {
    return rejected(error);
  }
}

async function run<T>(loan: Loan<T>, lent: Promise<T>, leaves: Leaves<T> | undefined): Promise<unknown> {
  const value = await lent;
  const turn = pause();
  if (turn !== undefined) await turn;
  loan.args.push(value);
  const result = attempt(() => callIn(loan, () => loan.call()));
  loan.result = result;
  let left: T | typeof EMPTY = value;
  try {
    const made = await result;
    if (leaves !== undefined) left = leaves(made as T | typeof EMPTY);
    return made;
  } finally {
    free(loan);
    loan.forget();
    loan.resource.giveBack(left);
  }
}
