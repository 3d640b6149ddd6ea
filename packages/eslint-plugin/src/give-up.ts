import { contains } from "@tailrace/analysis";
import type { LeftBody } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

/** How an unread body is given up, as a suggestion. */
export interface Repair {
  readonly text: string;
  readonly fix: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];
}

/** The statement that gives up the body of a response, as far as it has a name. */
export function giveUpText({ request: { client }, holder }: LeftBody): string {
  return `${statementFor(client.name, holder) ?? GENERAL[client.name]};`;
}

type ClientName = LeftBody["request"]["client"]["name"];

const GENERAL: Readonly<Record<ClientName, string>> = {
  aws: "response.Body?.destroy()",
  axios: "response.data.destroy()",
  fetch: "await response.body?.cancel()",
  got: "stream.destroy()",
  http: "response.resume()",
  "node-fetch": "response.body?.resume()",
  undici: "await body.dump()",
};

function statementFor(client: ClientName, holder: TSESTree.Node | undefined): string | undefined {
  const part = PARTS[client];
  if (holder?.type === T.Identifier) {
    const body = part === undefined ? holder.name : `${holder.name}.${part}`;
    return ending(client, body);
  }
  const name = holder?.type === T.ObjectPattern && part !== undefined ? localName(holder, part) : undefined;
  return name === undefined ? undefined : ending(client, name);
}

const PARTS: Readonly<Record<ClientName, string | undefined>> = {
  aws: "Body",
  axios: "data",
  fetch: "body",
  got: undefined,
  http: undefined,
  "node-fetch": "body",
  undici: "body",
};

function ending(client: ClientName, body: string): string {
  switch (client) {
    case "fetch":
      return `await ${body}?.cancel()`;
    case "undici":
      return `await ${body}.dump()`;
    case "http":
      return `${body}.resume()`;
    case "node-fetch":
      return `${body}?.resume()`;
    case "aws":
      return `${body}?.destroy()`;
    default:
      return `${body}.destroy()`;
  }
}

/** The name that a pattern gives to a member: `{ body: data }`. */
function localName(pattern: TSESTree.ObjectPattern, part: string): string | undefined {
  for (const property of pattern.properties) {
    if (property.type !== T.Property || property.key.type !== T.Identifier || property.key.name !== part) continue;
    return property.value.type === T.Identifier ? property.value.name : undefined;
  }
  return undefined;
}

/** Gives up the body where it is left; undefined where that cannot be written without a doubt. */
export function giveUp(
  left: LeftBody,
  { filename, sourceCode }: Pick<TSESLint.RuleContext<string, unknown[]>, "filename" | "sourceCode">,
): Repair | undefined {
  const { parting, holder, owner, request } = left;
  const { name } = request.client;
  if (name === "fetch" || name === "undici") {
    if (owner.type !== T.Program && !owner.async) return undefined;
  }
  // The type of a body of the SDK knows no `destroy`.
  if (name === "aws" && /\.[cm]?tsx?$/u.test(filename)) return undefined;
  if (!parting) return giveUpAtOnce(left, sourceCode);
  const statement = statementFor(name, holder);
  if (!statement || !isStatement(parting) || !isInSight(holder, parting, sourceCode)) return undefined;
  return { text: `${statement};`, fix: (fixer) => insertBefore(fixer, parting, `${statement};`, sourceCode) };
}

function isStatement(node: TSESTree.Node): boolean {
  switch (node.type) {
    case T.BreakStatement:
    case T.ContinueStatement:
    case T.ExpressionStatement:
    case T.ReturnStatement:
    case T.ThrowStatement:
      return true;
    default:
      return false;
  }
}

/** Whether the response has its name at a place, and certainly a value. */
function isInSight(
  holder: TSESTree.Node | undefined,
  place: TSESTree.Node,
  sourceCode: Readonly<TSESLint.SourceCode>,
): boolean {
  const name = holder?.type === T.ObjectPattern ? holder : holder?.type === T.Identifier ? holder : undefined;
  if (!name || name.parent.type === T.AssignmentExpression || isInCatch(place)) return false;
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(place); scope; scope = scope.upper) {
    const own = scope.variables.find((one) => one.identifiers.some((id) => contains(name, id)));
    if (own) return true;
  }
  return false;
}

function isInCatch(node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    if (current.type === T.CatchClause) return true;
  }
  return false;
}

function insertBefore(
  fixer: TSESLint.RuleFixer,
  place: TSESTree.Node,
  text: string,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESLint.RuleFix[] {
  const { parent } = place;
  const isListed = parent?.type === T.BlockStatement || parent?.type === T.Program || parent?.type === T.SwitchCase;
  if (!isListed) return [fixer.insertTextBefore(place, `{ ${text} `), fixer.insertTextAfter(place, " }")];
  const before = sourceCode.text.slice(0, place.range[0]);
  const indent = /(?:^|\n)([ \t]*)$/u.exec(before)?.[1];
  return [fixer.insertTextBefore(place, indent === undefined ? `${text} ` : `${text}\n${indent}`)];
}

/** Where nobody reads the body at all: right behind the request, or at the beginning of its callback. */
function giveUpAtOnce(
  { request, promise, holder, owner }: LeftBody,
  sourceCode: Readonly<TSESLint.SourceCode>,
): Repair | undefined {
  const { name } = request.client;
  const declarator = holder?.parent;
  if (declarator?.type === T.VariableDeclarator && (name !== "got" || holder?.type === T.Identifier)) {
    const declaration = declarator.parent;
    if (declaration.declarations.length !== 1 || declaration.parent.type.startsWith("For")) return undefined;
    const known = statementFor(name, holder);
    const added = known === undefined ? addedBody(name, holder, owner, sourceCode) : undefined;
    const statement = known ?? added?.statement;
    if (statement === undefined) return undefined;
    return {
      text: `${statement};`,
      fix: (fixer) => [
        ...(added ? added.fix(fixer) : []),
        ...insertAfter(fixer, declaration, `${statement};`, sourceCode),
      ],
    };
  }
  if (name !== "http") return undefined;
  if (!holder && promise === request.node && owner.type !== T.Program && owner.params.length === 0) {
    return atBeginning(owner, "response", sourceCode);
  }
  return holder?.type === T.Identifier && owner.type !== T.Program && owner.params.includes(holder)
    ? atBeginning(owner, undefined, sourceCode, holder.name)
    : undefined;
}

/** `const { statusCode } = …` → `const { statusCode, body } = …`. */
function addedBody(
  client: ClientName,
  holder: TSESTree.Node | undefined,
  owner: TSESTree.Node,
  sourceCode: Readonly<TSESLint.SourceCode>,
): { readonly statement: string; readonly fix: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[] } | undefined {
  const part = PARTS[client];
  const last = holder?.type === T.ObjectPattern ? holder.properties.at(-1) : undefined;
  if (part === undefined || last?.type !== T.Property || mentions(owner, part, sourceCode)) return undefined;
  return { statement: ending(client, part), fix: (fixer) => [fixer.insertTextAfter(last, `, ${part}`)] };
}

function mentions(owner: TSESTree.Node, name: string, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  return new RegExp(`(?<![.\\w$])${name}\\b(?!\\s*:)`, "u").test(sourceCode.getText(owner));
}

function insertAfter(
  fixer: TSESLint.RuleFixer,
  place: TSESTree.Node,
  text: string,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESLint.RuleFix[] {
  const before = sourceCode.text.slice(0, place.range[0]);
  const indent = /(?:^|\n)([ \t]*)$/u.exec(before)?.[1];
  return [fixer.insertTextAfter(place, indent === undefined ? ` ${text}` : `\n${indent}${text}`)];
}

type Callback = Exclude<LeftBody["owner"], TSESTree.Program>;

/** The body of a listener begins with it; one that takes no response is given it. */
function atBeginning(
  owner: Callback,
  added: string | undefined,
  sourceCode: Readonly<TSESLint.SourceCode>,
  name = added,
): Repair | undefined {
  if (name === undefined || (added !== undefined && mentions(owner, added, sourceCode))) return undefined;
  const text = `${name}.resume();`;
  const open = sourceCode.getFirstToken(owner, (token) => token.value === "(");
  const close = open && sourceCode.getTokenAfter(open);
  if (added !== undefined && (close?.value !== ")" || close.range[0] > owner.body.range[0])) return undefined;
  const { body } = owner;
  const isBlock = body.type === T.BlockStatement;
  if (!isBlock && sourceCode.getTokenBefore(body)?.value !== "=>") return undefined;
  return {
    text,
    fix: (fixer) => {
      const parameter = added !== undefined && open ? [fixer.insertTextAfter(open, added)] : [];
      if (!isBlock) {
        return [...parameter, fixer.insertTextBefore(body, `{ ${text} `), fixer.insertTextAfter(body, "; }")];
      }
      const [first] = body.body;
      const insertion = first
        ? insertBefore(fixer, first, text, sourceCode)
        : [fixer.insertTextAfterRange([body.range[0], body.range[0] + 1], ` ${text} `)];
      return [...parameter, ...insertion];
    },
  };
}
