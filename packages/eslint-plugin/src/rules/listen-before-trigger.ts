import { findMissedEvents } from "@tailrace/analysis";
import type { MissedEvent } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { listenFirst } from "../listen-first.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "aborted" | "happened" | "listenFirst" | "started" | "together";

const CANDIDATE = /\bonce\b|\bnew Promise\b|\bcreateInterface\b|\bevents\b/u;

/** Reports a wait that begins to listen for an event when that may already have happened. */
export const listenBeforeTrigger: TSESLint.RuleModule<MessageId> = createRule({
  name: "listen-before-trigger",
  meta: {
    type: "problem",
    docs: {
      description: "Require a wait for an event to listen before the event may happen",
      family: "C",
      recommended: "recommended",
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      started:
        '`{{wait}}` waits for "{{event}}" of `{{target}}`, which may already have happened: it can come from line {{since}} (`{{cause}}`) on, and this code awaits on line {{pause}} before it listens. Listen before: create the promise before line {{pause}}, and await it here.',
      together:
        '`{{wait}}` waits for "{{event}}" of `{{target}}`, which can come together with what line {{since}} waits for (`{{cause}}`), before this code goes on and listens. Listen before: create both promises before line {{since}}, and await this one here.',
      happened:
        '`{{wait}}` waits for "{{event}}" of `{{target}}`, which has already happened on line {{since}} (`{{cause}}`) when this begins to listen, and need not come again. Listen before: create the promise before line {{since}}, and await it here; or look at the state first.',
      aborted:
        '`{{wait}}` waits for "{{event}}" of `{{target}}`, which may be aborted already when it comes here (line {{since}}); then "{{event}}" never comes. Look at `{{target}}.aborted` before you listen.',
      listenFirst: "Listen before, and await the promise here.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, CANDIDATE);
        if (!resources) return;
        for (const missed of findMissedEvents(resources)) {
          const fix = listenFirst(context, resources, missed);
          context.report({
            node: missed.wait,
            messageId: messageOf(missed),
            data: dataOf(missed, sourceCode),
            suggest: fix ? [{ messageId: "listenFirst", fix }] : [],
          });
        }
      },
    };
  },
});

/** A signal stays aborted: there is no listening before, only looking. */
function messageOf({ event, how }: MissedEvent): MessageId {
  return event === "abort" && how === "happened" ? "aborted" : how;
}

function dataOf(
  { wait, target, event, cause, pause }: MissedEvent,
  sourceCode: Readonly<TSESLint.SourceCode>,
): Record<string, string> {
  return {
    wait: quote(wait, sourceCode),
    target: quote(target, sourceCode),
    event,
    since: lineOf(cause),
    cause: quote(cause, sourceCode),
    pause: pause ? lineOf(pause) : "",
  };
}
