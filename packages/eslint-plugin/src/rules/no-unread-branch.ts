import { findUnreadBranches } from "@tailrace/analysis";
import type { UnreadBranch } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { createRule, strictOption } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "cancel" | "keeps" | "late" | "never";

// What splits a source in two.
const CANDIDATE = /\.(?:clone|tee|pipe)\(|\bpipeline\(/u;

/** Reports waits for one branch of a source that was split in two, while the other branch is unread. */
export const noUnreadBranch: TSESLint.RuleModule<MessageId, [{ strict: boolean }]> = createRule({
  name: "no-unread-branch",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow waiting for one branch of a split stream or response while the other is unread",
      family: "A",
      recommended: "recommended",
    },
    schema: [
      strictOption("Also report where nothing hangs, but all of the data is kept in memory for the other branch."),
    ],
    defaultOptions: [{ strict: false }],
    messages: {
      late: "`{{wait}}` waits for the end of one branch{{waiting}} of what `{{split}}` splits on line {{line}}, but the other one{{unread}} is read only after that, from line {{read}}: when its buffer is full (by default after 16 to 64 KiB), the source stops for both. Read both at once, within one `Promise.all`, or read once and share the result.",
      never:
        "`{{wait}}` waits for the end of one branch{{waiting}} of what `{{split}}` splits on line {{line}}, but nothing reads the other one{{unread}}: when its buffer is full (by default after 16 to 64 KiB), the source stops for both. Read both at once, or do not split.",
      keeps:
        "While `{{wait}}` takes one branch{{waiting}} of what `{{split}}` splits on line {{line}}, nothing takes the other one{{unread}}: all of the data is kept in memory for it, however much that is. Read both at once, within one `Promise.all`, or read once and share the result.",
      cancel:
        "`{{wait}}` waits until both branches of what `{{split}}` splits on line {{line}} are cancelled, or the source has ended, but the other one{{unread}} is neither cancelled nor read yet. Cancel both at once, within one `Promise.all`, or do not await this.",
    },
  },
  create(context, [options]) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, CANDIDATE);
        for (const finding of resources ? findUnreadBranches(resources) : []) {
          if (!isReported(finding, options)) continue;
          const { wait, split, waiting, unread, read } = finding;
          // A branch without a name is what the split itself gives.
          const nameOf = (branch: TSESTree.Node): string => {
            if (branch === split) return "";
            return ` (\`${branch.type === T.Identifier ? branch.name : quote(branch, sourceCode)}\`)`;
          };
          context.report({
            node: wait,
            messageId: messageOf(finding),
            data: {
              wait: quote(wait, sourceCode),
              split: quote(split, sourceCode),
              line: lineOf(split),
              waiting: nameOf(waiting),
              unread: nameOf(unread),
              read: read ? lineOf(read) : "",
            },
          });
        }
      },
    };
  },
});

function isReported({ effect }: UnreadBranch, { strict }: { readonly strict: boolean }): boolean {
  return strict || effect !== "keeps";
}

function messageOf({ effect, read }: UnreadBranch): MessageId {
  if (effect === "keeps") return "keeps";
  if (effect === "uncancelled") return "cancel";
  return read ? "late" : "never";
}
