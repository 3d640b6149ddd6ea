import { findRacesInLoops } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
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
        "Each turn of the loop (line {{loop}}) adds a reaction to `{{runner}}`{{made}}, which outlives the loop: while it is pending none of them is let go, and memory grows with each turn, together with all that the other runners gave. Listen once before the loop and let that end what is waited for: give its signal to the waits, or close their source.",
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
        for (const { node, loop, how, runner, made } of resources ? findRacesInLoops(resources) : []) {
          context.report({
            node,
            messageId: how,
            data: {
              loop: lineOf(loop),
              runner: quote(runner, sourceCode),
              made: made ? ` (made on line ${lineOf(made)})` : "",
            },
          });
        }
      },
    };
  },
});
