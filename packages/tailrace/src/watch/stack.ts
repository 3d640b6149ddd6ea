// The inspector stops JavaScript between two instructions, in a loop without end, a regular expression or Atomics.wait
// as well, and tells the stack. Native code it cannot stop: then the answer comes when that has returned.
import { Session } from "node:inspector";
import type { Debugger } from "node:inspector";
import { placeOf } from "./place.ts";
import type { Script } from "./place.ts";

/** Lines of the stack; or that a debugger holds the thread, or might see if it were stopped. */
export type Answer = readonly string[] | "held" | "inspected";

export interface Question {
  /** Nothing is answered any more, and nothing slowed down. */
  withdraw(): void;
}

/** As many as in the stack of an error. */
const FRAMES = 10;

/** So many steps at most, until a function of the program is reached. */
const STEPS = 100;

/**
 * Asks the main thread where it is.
 *
 * @param mayStop False if somebody else, who might be debugging, would be told of it
 * @param isStuck Called while the thread is stopped: where it is afterwards is no answer
 * @param answer Called once at most
 */
export function ask(mayStop: boolean, isStuck: () => boolean, answer: (answer: Answer) => void): Question {
  const session = new Session();
  session.connectToMainThread();
  const scripts = new Map<string, Script>();
  let state: "asked" | "enabled" | "answered" = "asked";
  let steps = STEPS;
  const settle = (found: Answer): void => {
    if (state === "answered") return;
    state = "answered";
    answer(found);
  };
  session.on("Debugger.scriptParsed", ({ params: { scriptId, url, sourceMapURL } }) => {
    scripts.set(scriptId, { url, sourceMapURL });
  });
  session.on("Debugger.paused", ({ params: { callFrames } }) => {
    if (state === "asked") settle("held"); // before we have stopped it
    if (!mayStop || state === "answered") return;
    const still = isStuck();
    // Between the jobs of promises, and between ticks, only Node itself is on the stack. Steps lead into the next one.
    if (still && steps-- > 0 && outermost(callFrames, scripts) === -1) {
      session.post("Debugger.stepInto");
      return;
    }
    session.post("Debugger.resume");
    if (still) settle(linesOf(callFrames, scripts));
  });
  session.post("Debugger.enable", () => {
    if (!mayStop) settle("inspected");
    else if (state === "asked") state = "enabled";
  });
  if (mayStop) session.post("Debugger.pause");
  return {
    withdraw() {
      state = "answered";
      session.post("Debugger.disable");
      session.disconnect();
    },
  };
}

/** Index of the first call of the program, what is beyond is how Node came to it; -1 if there is none. */
function outermost(frames: readonly Debugger.CallFrame[], scripts: ReadonlyMap<string, Script>): number {
  return frames.findLastIndex(({ location }) => scripts.get(location.scriptId)?.url.startsWith("node:") !== true);
}

function linesOf(frames: readonly Debugger.CallFrame[], scripts: ReadonlyMap<string, Script>): readonly string[] {
  const last = outermost(frames, scripts);
  const all = last === -1 ? frames : frames.slice(0, last + 1);
  const lines = all.slice(0, FRAMES).map(({ functionName, location: { scriptId, lineNumber, columnNumber } }) => {
    const place = placeOf(scripts.get(scriptId), lineNumber, columnNumber ?? 0);
    return functionName === "" ? `    at ${place}` : `    at ${functionName} (${place})`;
  });
  const more = all.length - lines.length;
  return more > 0 ? [...lines, `    … ${more.toString()} more`] : lines;
}
