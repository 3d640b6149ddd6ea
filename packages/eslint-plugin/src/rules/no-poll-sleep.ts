import { findEndlessPolls } from "@tailrace/analysis";
import type { EndlessPoll, PollNeed } from "@tailrace/analysis";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { createRule, strictOption } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "atomics" | "event" | "failure" | "itself" | "method" | "promise" | "swallowed" | "unbounded";

/** Reports polls that nothing ends but success, and polls of what would tell by itself. */
export const noPollSleep: TSESLint.RuleModule<MessageId, [{ strict: boolean }]> = createRule({
  name: "no-poll-sleep",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow polling that only success can end, and polling of what offers a wake-up",
      family: "E",
      recommended: "recommended",
    },
    schema: [strictOption("Also report polls without a deadline of which no failure is in sight.")],
    defaultOptions: [{ strict: false }],
    messages: {
      failure:
        "This sleeps and looks again until {{goal}}, and nothing else ends it: no deadline and no other state. If it comes to {{failure}}, this goes on for ever. End it with that as well, and give it a deadline.",
      swallowed:
        "This tries again, with a sleep in between, until there is no error, and nothing else ends it: line {{line}} catches every error, of a mistake as of a server that never comes back. Count the attempts or give it a deadline, and throw the last error then.",
      unbounded:
        "This sleeps and looks again until {{goal}}, and nothing else ends it: if that never happens it goes on for ever, without an error. Give it a deadline.",
      event:
        '`{{state}}` is looked at again and again, with a sleep in between, and without a deadline, though `{{of}}` emits "{{name}}" when it changes. A failure or another end is not seen here, so that this may go on for ever. Wait for the event: `once` of `node:events` also rejects on "error", and takes a signal.',
      method:
        "`{{state}}` is looked at again and again, with a sleep in between, and without a deadline, though `{{of}}.{{name}}()` is a promise of it. A failure or another end is not seen here, so that this may go on for ever. Await `{{of}}.{{name}}()`.",
      itself:
        "This task is itself pending in `{{of}}` (line {{line}}) until it no longer looks at `{{state}}`, so that the count never comes to 0, and this goes on for ever. Wait outside the task.",
      promise:
        "`{{state}}` is looked at again and again, with a sleep in between, but only `{{of}}` sets it (line {{line}}). If that promise rejects, it is never set, and this goes on for ever. Await the promise.",
      atomics:
        "This sleeps and looks at shared memory again, without a deadline: a thread that has died never changes it, and this goes on for ever. `Atomics.waitAsync` wakes up when it is notified, and takes a timeout.",
    },
  },
  create(context, [{ strict }]) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(
          sourceCode,
          /\bset(?:Timeout|Immediate|Interval)\b|(?:sleep|delay|wait|pause)\w*\s*\(|\bdelay\b/iu,
        );
        if (!resources) return;
        for (const poll of findEndlessPolls(resources, { strict })) {
          context.report({ loc: headOf(poll.node, sourceCode), ...messageOf(poll, sourceCode) });
        }
      },
    };
  },
});

type Source = Readonly<TSESLint.SourceCode>;

/** The first line of what is reported: a loop is long. */
function headOf(node: TSESTree.Node, { lines }: Source): TSESTree.SourceLocation {
  const { start, end } = node.loc;
  return {
    start,
    end: end.line === start.line ? end : { line: start.line, column: lines[start.line - 1]?.length ?? start.column },
  };
}

function messageOf(
  { need, cause }: EndlessPoll,
  sourceCode: Source,
): { readonly messageId: MessageId; readonly data: Record<string, string> } {
  const what = need ? quote(need.state, sourceCode) : "";
  const goal = need ? goalOf(need, sourceCode) : "";
  switch (cause.kind) {
    case "failure": {
      const { text, node } = cause.failure;
      const where = node ? ` (line ${lineOf(node)})` : "";
      return {
        messageId: "failure",
        data: { goal, failure: `${text.startsWith('"') ? text : `\`${text}\``}${where}` },
      };
    }
    case "swallowed":
      return { messageId: "swallowed", data: { line: lineOf(cause.handler) } };
    case "wake-up": {
      const { kind, of, name, setter, task } = cause.wakeUp;
      const place = task ?? setter;
      const line = place ? lineOf(place) : "";
      return { messageId: task ? "itself" : kind, data: { state: what, of: quote(of, sourceCode), name, line } };
    }
    case "unbounded":
      return { messageId: "unbounded", data: { goal } };
  }
}

/** What a poll waits for, in words. */
function goalOf({ kind, state, value, constant, outcome }: PollNeed, sourceCode: Source): string {
  const what = `\`${quote(state, sourceCode)}\``;
  if (kind === "truth") return outcome ? `${what} holds` : `${what} no longer holds`;
  const source = constant ? quote(constant, sourceCode) : "";
  return /^[\w.#[\]]+$/u.test(source) ? `${what} is \`${source}\`` : `${what} is "${value}"`;
}
