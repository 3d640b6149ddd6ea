import type { Finding } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { starvationIn } from "../analyse.ts";
import { createRule } from "../create-rule.ts";
import { startConsumer } from "../start-consumer.ts";

type MessageId = "handed" | "queued" | "read" | "start" | "startLazy" | "unread" | "unresolved";

/** Reports a send that waits for a reader which is started only after it. */
export const consumeBeforeProduce: TSESLint.RuleModule<MessageId, [{ strict: boolean }]> = createRule({
  name: "consume-before-produce",
  meta: {
    type: "problem",
    docs: {
      description: "Require the consumer of a stream, channel or pair to run before a send waits for it",
      family: "A",
      recommended: "recommended",
    },
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          strict: {
            type: "boolean",
            description: "Also report where the number of permits or of consumers is decided at run time.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ strict: false }],
    messages: {
      read: "`{{wait}}` waits until {{pipe}} is read, but nothing reads it yet: its consumer {{consumer}}, after this wait{{limit}}. Start the consumer first, without awaiting it, and await it where it is now.",
      handed:
        "`{{wait}}` waits until {{pipe}} is read, but nothing can read it yet: it is first handed on, {{consumer}}, after this wait{{limit}}. Hand it on first, or send without awaiting until its reader runs.",
      queued:
        "`{{wait}}` waits until {{pipe}} is read, but its consumer {{consumer}} is queued: the limit has fewer permits than consumers, and those that hold one wait for this code to go on{{limit}}. Give the limit a permit for each consumer.",
      unresolved:
        "`{{wait}}` waits for {{pipe}}, but what resolves that is not running: it {{consumer}}, after this wait. Start it first, without awaiting it, and await it where it is now.",
      unread:
        "`{{wait}}` waits until {{pipe}} is read, but nothing ever reads it{{limit}}. Read it, or send to something that needs no reader.",
      start: "Start the consumer before the wait, and await it where it was.",
      startLazy: "Start the consumer where it is made, with `drive`.",
    },
  },
  create(context, [options]) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        for (const finding of starvationIn(sourceCode, options)) {
          const fix = startConsumer(context, finding);
          context.report({
            node: finding.node,
            messageId: messageOf(finding),
            data: dataOf(finding, sourceCode),
            suggest: fix ? [fix] : [],
          });
        }
      },
    };
  },
});

/** Where something lazy must be driven first, that is what to say, whatever it does with the stream then. */
function messageOf({ pipe, consumer }: Finding): MessageId {
  if (!consumer) return "unread";
  if (pipe.deferred) return "unresolved";
  return consumer.how === "handed" && consumer.start !== consumer.node ? "read" : consumer.how;
}

function dataOf(
  { node, wait, pipe, consumer }: Finding,
  sourceCode: Readonly<TSESLint.SourceCode>,
): Record<string, string> {
  return {
    wait: quote(pipe.deferred ? node : wait, sourceCode),
    pipe: describePipe(pipe, sourceCode),
    consumer: consumer ? describeConsumer(consumer, pipe.deferred, sourceCode) : "",
    limit: describeLimit(pipe),
  };
}

function describePipe(pipe: Finding["pipe"], sourceCode: Readonly<TSESLint.SourceCode>): string {
  const { node, deferred, foreign } = pipe;
  const line = lineOf(node);
  if (deferred) return `the promise made on line ${line}`;
  const made = unawaited(node);
  if (made.type !== T.NewExpression && made.type !== T.CallExpression) return `\`${quote(made, sourceCode)}\``;
  const maker = `\`${sourceCode.getText(made.callee)}\``;
  return foreign ? `the stream that ${maker} gave on line ${line}` : `the ${maker} made on line ${line}`;
}

function unawaited(node: TSESTree.Node): TSESTree.Node {
  return node.type === T.AwaitExpression ? unawaited(node.argument) : node;
}

function describeConsumer(
  { how, node, start }: NonNullable<Finding["consumer"]>,
  deferred: boolean,
  sourceCode: Readonly<TSESLint.SourceCode>,
): string {
  const where = `on line ${lineOf(start)} (\`${quote(start, sourceCode)}\`)`;
  if (how === "queued") return `on line ${lineOf(node)}`;
  if (how === "handed" && start === node && !deferred) return where;
  return start === node ? `starts ${where}` : `(line ${lineOf(node)}) starts only ${where}`;
}

function describeLimit({ deferred, size, unit }: Finding["pipe"]): string {
  if (deferred || size === 0) return "";
  if (unit === "bytes")
    return `; small inputs pass, and it hangs beyond about ${size === undefined ? "the buffer" : `${String(Math.ceil(size / 1024))} KiB`}`;
  return size === undefined
    ? "; small inputs pass, and it hangs once the buffer is full"
    : `; it hangs after ${String(size)} ${size === 1 ? "item" : "items"}`;
}

function lineOf(node: TSESTree.Node): string {
  return String(node.loc.start.line);
}

const MAX_QUOTE = 60;

/** The beginning of the source of a node, on one line. */
function quote(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): string {
  const isLoop = node.type === T.ForOfStatement;
  const full = isLoop ? sourceCode.text.slice(node.range[0], node.body.range[0]) : sourceCode.getText(node);
  const text = full.replaceAll(/\s+/gu, " ").trim().replaceAll("`", "'");
  return text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE - 1)}…` : text;
}
