import { findMissedEvents } from "@tailrace/analysis";
import type { MissedEvent } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { listenFirst } from "../listen-first.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId =
  "aborted" | "acted" | "added" | "emitted" | "happened" | "iterated" | "listenFirst" | "started" | "together";

const CANDIDATE =
  /\bonce\b|\bp-event\b|\bnew Promise\b|\bcreateInterface\b|\bevents\b|\.waitFor[A-Z]|\b(?:first|last)ValueFrom\b/u;

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
      iterated:
        "`{{wait}}` hears only the lines that come after it begins, but they come from line {{since}} (`{{cause}}`) on, and this code awaits on line {{pause}} before it iterates. Begin the loop before line {{pause}}, or make what it iterates after that.",
      together:
        '`{{wait}}` waits for "{{event}}" of `{{target}}`, which can come together with what line {{since}} waits for (`{{cause}}`), before this code goes on and listens. Listen before: create both promises before line {{since}}, and await this one here.',
      happened:
        '`{{wait}}` waits for "{{event}}" of `{{target}}`, which has already happened on line {{since}} (`{{cause}}`) when this begins to listen, and need not come again. Listen before: create the promise before line {{since}}, and await it here; or look at the state first.',
      aborted:
        '`{{wait}}` waits for "{{event}}" of `{{target}}`, which may be aborted already when it comes here (line {{since}}); then "{{event}}" never comes. Look at `{{target}}.aborted` before you listen.',
      acted:
        "`{{wait}}` hears only what happens after it is called, but the code has already awaited what sets that off (`{{cause}}`, line {{since}}): it may be over by now, and then this waits until its time is up. Make the promise before line {{since}}, and await it here.",
      added:
        '`{{wait}}` waits for "{{event}}" of `{{target}}`, but the job was added on line {{since}} (`{{cause}}`), and this code has awaited that: the job may be done before anybody listens. Await `job.waitUntilFinished(queueEvents)` of BullMQ or `job.finished()` of Bull, which look at its state as well.',
      emitted:
        "`{{wait}}` waits for a value of `{{target}}`, which has been emitted on line {{since}} (`{{cause}}`) before this subscribes; a `Subject` keeps no value, and none is emitted after. Make the promise before line {{since}}, and await it here; or make it a `ReplaySubject`.",
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
function messageOf({ event, how, wait, pause }: MissedEvent): MessageId {
  if (event === "line" && pause && wait.type === T.ForOfStatement) return "iterated";
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
