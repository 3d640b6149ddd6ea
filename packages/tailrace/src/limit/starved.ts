import { StarvationError } from "../errors.ts";
import type { Call } from "./call.ts";
import type { Permit } from "./permit.ts";

/**
 * Why a call can never run.
 *
 * @param around the calls that hold permits around it, the innermost first
 * @param others permits that are held elsewhere, in the same way
 */
export function starved(call: Call, where: string, around: readonly Permit[], others: number): StarvationError {
  const who = call.task === undefined ? "" : `task ${JSON.stringify(call.task)}: `;
  const holders = around.map(({ holder }) => quoted(holder)).join(", which is in that of ");
  const rest = others === 0 ? "" : "; the other permits are held by calls that wait for one in the same way";
  return new StarvationError(
    `${who}the call of ${quoted(call.permit.holder)} waits for a permit of ${where} inside the call of ${holders}, ` +
      `which keeps it until this call is done${rest}`,
  );
}

function quoted(name: string): string {
  return name === "" ? "a function without a name" : JSON.stringify(name);
}
