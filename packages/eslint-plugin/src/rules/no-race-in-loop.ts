import { findRacesInLoops } from "@tailrace/analysis";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "drops" | "listens" | "outlives";

const CANDIDATE = /\bPromise\s*\.\s*(?:race|any)\b/u;

/** Reports races in loops that keep reactions and listeners, or lose items, with each turn. */
export const noRaceInLoop: TSESLint.RuleModule<MessageId> = createRule({
  name: "no-race-in-loop",
  meta: {
    type: "problem",
    docs: {
      description:
        "Disallow races in endless loops over promises that outlive a turn, or whose loser takes an item with it",
      family: "D",
      recommended: "recommended",
    },
    schema: [],
    messages: {
      outlives:
        "Each turn of the loop (line {{loop}}) registers another handler on `{{runner}}`{{made}}, which outlives the loop: until it settles it keeps all of them, with what the other runners gave, and memory grows with each turn. Listen once before the loop and let that end the waits: by an `AbortSignal` that they are given, or by closing what they wait for.",
      drops:
        "When `{{runner}}` loses this race, the item that it asked for still comes, and nobody has it: the next turn asks again and waits for the one after. Keep the promise that lost for the next turn (`pending ??= …`), or give the wait a signal that takes it back.",
      listens:
        "When `{{runner}}` loses this race, its listener stays: each turn of the loop adds one more. Make the promise once before the loop and again when it has won, or give it a signal that is aborted at the end of the turn.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, CANDIDATE);
        for (const { node, loop, how, runners, made } of resources ? findRacesInLoops(resources) : []) {
          context.report({
            node,
            messageId: how,
            data: {
              loop: lineOf(loop),
              runner: runners.map((runner) => quote(runner, sourceCode)).join("` or `"),
              made: made ? ` (${isParameter(made) ? "given" : "made"} on line ${lineOf(made)})` : "",
            },
          });
        }
      },
    };
  },
});

function isParameter({ parent }: TSESTree.Node): boolean {
  return parent !== undefined && "params" in parent;
}
