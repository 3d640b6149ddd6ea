import { findHeadersOnlyDeadlines } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { fileIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "early" | "handed" | "raced" | "racedHanded" | "read" | "unawaited";

const RACE = /\bPromise\s*\.\s*(?:race|any)\b[^]*\bsetTimeout\b|\bsetTimeout\b[^]*\bPromise\s*\.\s*(?:race|any)\b/u;
const CANDIDATE = /\bclearTimeout\b[^]*\babort\b|\babort\b[^]*\bclearTimeout\b/u;

/** Reports abort timers that are cleared when `fetch()` resolves: then the body is read without a deadline. */
export const noHeadersOnlyDeadline: TSESLint.RuleModule<MessageId> = createRule({
  name: "no-headers-only-deadline",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow clearing the abort timer of a request before the body of its response is read",
      family: "E",
      recommended: "recommended",
    },
    schema: [],
    messages: {
      raced:
        "`{{clear}}` ends the deadline when the headers have come: then `{{fetch}}` (line {{line}}) wins the race. The body is read without one (`{{read}}`, line {{readLine}}), so a server that stalls in the middle of the body is waited for without end, or as long as the client itself allows (`fetch` of Node: five minutes for each chunk). Race the promise of the body, or give the request `signal: AbortSignal.timeout(ms)`.",
      racedHanded:
        "`{{clear}}` ends the deadline when the headers have come: then `{{fetch}}` (line {{line}}) wins the race. Whoever gets the response reads its body without one, so a server that stalls in the middle of the body is waited for without end, or as long as the client itself allows (`fetch` of Node: five minutes for each chunk). Read the body within the race, or give the request `signal: AbortSignal.timeout(ms)`.",
      early:
        "`{{clear}}` ends the deadline at once: `{{fetch}}` (line {{line}}) is returned without being awaited, so `finally` runs before the headers have come. A server that never answers, or stalls in the middle of the body, is waited for without end, or as long as the client itself allows (`fetch` of Node: five minutes each). Await the promise and read the body before the timer is cleared, or use `AbortSignal.timeout(ms)` and no timer.",
      read: "`{{clear}}` ends the deadline when the headers have come: that is all that `{{fetch}}` (line {{line}}) waits for. The body is read without one (`{{read}}`, line {{readLine}}), so a server that stalls in the middle of the body is waited for without end, or as long as the client itself allows (`fetch` of Node: five minutes for each chunk). Clear the timer when the body has been read, or use `AbortSignal.timeout(ms)` and no timer.",
      unawaited:
        "`{{clear}}` ends the deadline before the body of `{{fetch}}` (line {{line}}) has been read: `{{read}}` (line {{readLine}}) is returned without being awaited, so `finally` runs at once. A server that stalls in the middle of the body is waited for without end, or as long as the client itself allows (`fetch` of Node: five minutes for each chunk). Write `return await`, or use `AbortSignal.timeout(ms)` and no timer.",
      handed:
        "`{{clear}}` ends the deadline when the headers have come: that is all that `{{fetch}}` (line {{line}}) waits for. Whoever gets the response reads its body without one, so a server that stalls in the middle of the body is waited for without end, or as long as the client itself allows (`fetch` of Node: five minutes for each chunk). Read the body here before the timer is cleared, or use `AbortSignal.timeout(ms)` and no timer.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const { text } = sourceCode;
        const file = CANDIDATE.test(text) || RACE.test(text) ? fileIn(sourceCode) : undefined;
        for (const { node, fetch, how, raced, read } of file ? findHeadersOnlyDeadlines(file) : []) {
          context.report({
            node,
            messageId: raced ? (read ? "raced" : "racedHanded") : how,
            data: {
              clear: quote(node, sourceCode),
              fetch: quote(fetch, sourceCode),
              line: lineOf(fetch),
              read: read ? quote(read, sourceCode) : "",
              readLine: read ? lineOf(read) : "",
            },
          });
        }
      },
    };
  },
});
