import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { AwaitedEvent } from "../listening/event-wait.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { isCall, isFunction } from "../source/syntax.ts";
import type { FunctionNode, LoopNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { rootOf } from "../uses/chain.ts";
import { calledFunction } from "../uses/functions.ts";
import { ownerOf } from "../uses/places.ts";
import { droppedRunners } from "./dropped.ts";
import { isReplacedIn, outlivingCalls, outlivingRunner } from "./outliving.ts";
import { endlessLoopAround, isFromBefore, runnersOf } from "./race.ts";
import type { Race } from "./race.ts";

/** A race that is run again and again, and leaves something behind each time. */
export interface RaceInLoop {
  readonly node: TSESTree.CallExpression;
  /**
   * - `outlives`: a promise of before the loop gets one more reaction each time, as long as it is pending;
   * - `drops`: what the loser asked for comes later, and nobody has it;
   * - `listens`: the listener of the loser stays.
   */
  readonly how: "drops" | "listens" | "outlives";
  readonly loop: LoopNode;
  /** The runners that this is about. */
  readonly runners: readonly TSESTree.Node[];
  /** Where it was made, for one that outlives the loop. */
  readonly made: TSESTree.Node | undefined;
}

/** Finds races in loops without bound that keep or lose more with each turn. */
export function findRacesInLoops(resources: Resources): RaceInLoop[] {
  const { names, file } = resources;
  const calls = findAll(file.ast, isCall);
  return calls.flatMap((node): RaceInLoop[] => {
    const runners = runnersOf(names, node);
    if (!runners) return [];
    const loop = endlessLoopAround(node);
    if (loop) return judge(resources, { node, runners, loop });
    const owner = ownerOf(node);
    for (const around of isFunction(owner) ? loopsCalling(names, calls, owner) : []) {
      const outliving = outlivingCalls(names, owner as FunctionNode, { node, runners, loop: around });
      if (outliving)
        return [{ node, loop: around, how: "outlives", runners: [outliving.runner], made: outliving.made }];
    }
    return [];
  });
}

/** The endless loops of a file that call a function. */
function loopsCalling(names: Names, calls: readonly TSESTree.CallExpression[], owner: FunctionNode): LoopNode[] {
  const own = calls.filter((call) => calledFunction(names, call) === owner);
  return own.flatMap((call) => endlessLoopAround(call) ?? []);
}

function judge(resources: Resources, race: Race): RaceInLoop[] {
  const { node, loop } = race;
  const outliving = outlivingRunner(resources.names, race);
  if (outliving) return [{ node, loop, how: "outlives", runners: [outliving.runner], made: outliving.made }];
  const dropped = droppedRunners(resources.names, race);
  if (dropped.length > 0) return [{ node, loop, how: "drops", runners: dropped, made: undefined }];
  const listening = listeningRunners(resources, race);
  return listening.length > 0 ? [{ node, loop, how: "listens", runners: listening, made: undefined }] : [];
}

/** Runners that begin to listen each time, and go on when they have lost to another that is made anew as well. */
function listeningRunners(resources: Resources, { runners, loop }: Race): TSESTree.Node[] {
  const fresh = runners.filter((runner) => {
    const root = rootOf(runner);
    return root.type === T.CallExpression || root.type === T.NewExpression;
  });
  // Who loses to what was there before the loop loses once: that wins every turn from then on.
  if (fresh.length < 2) return [];
  const { names } = resources;
  return fresh.filter((one) => {
    const wait = eventWaitOf(resources, rootOf(one));
    // The listeners of what is made anew go with it.
    const stays = ({ target }: AwaitedEvent): boolean =>
      isFromBefore(names, loop, target) && !isReplacedIn(names, loop, target);
    return wait?.otherwise === false && wait.events.every(stays);
  });
}
