import { findUnreadEntries, findUnreadOutputs } from "@tailrace/analysis";
import type { UnreadEntry, UnreadOutput } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { createRule, strictOption } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote, shorten } from "../quote.ts";

type MessageId = "entry" | "input" | "item" | "late" | "listener" | "unread";

// What starts children with pipes, and what takes archives and forms apart.
const CANDIDATE = /\bchild_process\b|\bcross-spawn\b|\btar-stream\b|\bunzip|\bbusboy\b|\bmultiparty\b/u;

/** Reports waits for a child process whose output nobody reads, and archive or form entries that are left unread. */
export const noUnreadOutput: TSESLint.RuleModule<MessageId, [{ strict: boolean }]> = createRule({
  name: "no-unread-output",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow waiting for a child process or a parser while nothing reads what it puts out",
      family: "A",
      recommended: "recommended",
    },
    schema: [strictOption("Also report children of which only the error output is left unread.")],
    defaultOptions: [{ strict: false }],
    messages: {
      late: "`{{wait}}` waits until the child process of line {{line}} has ended, but {{late}}: when {{pipe}} is full (from about 64 KiB on), the child blocks and never ends. Start to read {{it}} before this wait, and wait for the reading and the end together.",
      unread:
        "`{{wait}}` waits until the child process of line {{line}} has ended, but {{unread}}: when {{pipe}} is full (from about 64 KiB on), the child blocks and never ends. Read {{it}} or `resume()` {{it}} before this wait, or set {{it}} to `ignore` or `inherit` in `stdio`.",
      listener:
        "This listener waits until the child process of line {{line}} has ended, but {{unread}}: when {{pipe}} is full (from about 64 KiB on), the child blocks and never ends. Read {{it}} or `resume()` {{it}}, or set {{it}} to `ignore` or `inherit` in `stdio`.",
      input:
        "`{{wait}}` waits until the child process of line {{line}} has taken its input, but {{unread}} yet: when {{pipe}} is full (from about 64 KiB on), the child blocks and takes no more. Start to read its output before this wait, and wait for both together.",
      entry:
        "{{entry}} is not read on every path through this listener, and `{{parser}}` goes on only when it has been: what follows in the input never comes, and neither does the end. Where it is not needed, call `{{entryName}}.resume()`.",
      item: "`{{entryName}}` is not read on every path through this loop, and `{{parser}}` goes on only when it has been: the loop never takes the next one. Where it is not needed, call `{{entryName}}.resume()`.",
    },
  },
  create(context, [options]) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, CANDIDATE);
        if (!resources) return;
        for (const finding of findUnreadOutputs(resources)) {
          if (isReported(finding, options)) context.report(reportOutput(finding, sourceCode));
        }
        for (const finding of findUnreadEntries(resources)) context.report(reportEntry(finding, sourceCode));
      },
    };
  },
});

/** Where only warnings and errors can fill a pipe, that is rare. */
function isReported({ outputs }: UnreadOutput, { strict }: { readonly strict: boolean }): boolean {
  return strict || outputs.includes("stdout");
}

function reportOutput(
  { wait, child, awaits, outputs, read }: UnreadOutput,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESLint.ReportDescriptor<MessageId> {
  const listens = listenerName(wait);
  const unread = listens ? "listener" : read ? "late" : "unread";
  return {
    node: listens ?? wait,
    messageId: awaits === "input" ? "input" : unread,
    data: {
      wait: quote(wait, sourceCode),
      line: lineOf(child),
      ...wordsFor(outputs, read ? lineOf(read) : ""),
    },
  };
}

type Words = Readonly<Record<"it" | "late" | "pipe" | "unread", string>>;

/** What a message says of one output, or of both. */
function wordsFor(outputs: UnreadOutput["outputs"], readLine: string): Words {
  const [output = "stdout", second] = outputs;
  if (second === undefined) {
    const late = `its \`${output}\` is read only after that, from line ${readLine}`;
    return { it: "it", late, pipe: "the pipe", unread: `nothing reads its \`${output}\`` };
  }
  const unread = `neither its \`${output}\` nor its \`${second}\` is read`;
  const late = `${unread} before that (reading begins on line ${readLine})`;
  return { it: "both", late, pipe: "either pipe", unread };
}

/** The word that registers a listener: in a chain of calls it alone stands on the line that is meant. */
function listenerName(wait: TSESTree.Node): TSESTree.Node | undefined {
  if (wait.type !== T.CallExpression || wait.callee.type !== T.MemberExpression) return undefined;
  return wait.callee.property;
}

function reportEntry(
  { node, parser, entry }: UnreadEntry,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESLint.ReportDescriptor<MessageId> {
  const name = entry?.type === T.Identifier ? entry.name : undefined;
  const isLoop = node.type === T.ForOfStatement;
  return {
    node: isLoop ? node : (listenerName(node) ?? node),
    messageId: isLoop ? "item" : "entry",
    data: {
      entry: name === undefined ? "The entry" : `\`${name}\``,
      entryName: name ?? "entry",
      parser: shorten(sourceCode.getText(parser)),
    },
  };
}
