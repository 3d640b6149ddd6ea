import { join } from "node:path";
import { Node, Project } from "ts-morph";
import type {
  ExportedDeclarations,
  FunctionDeclaration,
  JSDoc,
  MethodSignature,
  PropertyDeclaration,
  PropertySignature,
} from "ts-morph";
import { root } from "./root.ts";

/** The folders and files of the runtime's sources, in the order of the page, and their titles. */
const chapters: Readonly<Record<string, string>> = {
  fan: "Fan out, fan in, map and drive",
  channel: "Channels",
  limit: "Limits",
  pool: "Pools",
  mvar: "MVars",
  threads: "MVars between threads: `tailrace/threads`",
  processes: "MVars between processes: `tailrace/processes`",
  writer: "Write scheduler",
  adapters: "Pools of clients: `tailrace/adapters`",
  node: "Node: `tailrace/node`",
  scope: "Scopes and tasks",
  waits: "What waits",
  report: "Pictures of what waits: `tailrace/report`",
  watch: "Watch: `tailrace/watch`",
  testing: "Testing: `tailrace/testing`",
  vitest: "Vitest: `tailrace/vitest`",
  errors: "Errors",
};

interface Exported {
  readonly name: string;
  /** Several for a function with overloads. */
  readonly declarations: readonly ExportedDeclarations[];
}

let exported: readonly Exported[] | undefined;

/** `api`: everything that the runtime exports. `api NAME…`: the members of the interfaces of these names. */
export function describeApi(names: readonly string[]): string {
  exported ??= readExports();
  if (names.length > 0) return names.map((name) => described(named(name)).join("\n\n")).join("\n\n");
  const parts = Object.entries(chapters).flatMap(([chapter, title]) => [
    `## ${title}`,
    ...(exported ?? [])
      .filter(({ declarations }) => chapterOf(declarations) === chapter)
      .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
      .flatMap((entry) => [`### \`${entry.name}\``, ...described(entry)]),
  ]);
  return parts.join("\n\n");
}

function readExports(): Exported[] {
  const project = new Project({ tsConfigFilePath: join(root, "tsconfig.json"), skipAddingFilesFromTsConfig: true });
  const faces = [
    "index.ts",
    "adapters/index.ts",
    "node/index.ts",
    "processes/index.ts",
    "report/index.ts",
    "testing/index.ts",
    "threads/index.ts",
    "vitest/index.ts",
    "watch/index.ts",
  ].map((file) => project.addSourceFileAtPath(join(root, "packages/tailrace/src", file)));
  project.resolveSourceFileDependencies();
  return faces
    .flatMap((face) => [...face.getExportedDeclarations()])
    .map(([name, declarations]) => {
      if (chapterOf(declarations) in chapters) return { name, declarations };
      throw new Error(`docs/generate/api.ts has no chapter for ${name}`);
    });
}

function chapterOf([declaration]: readonly ExportedDeclarations[]): string {
  return /\/tailrace\/src\/(\w+)/.exec(declaration?.getSourceFile().getFilePath() ?? "")?.[1] ?? "";
}

/** Functions and values first, then what they take and give. */
function rank({ declarations: [declaration] }: Exported): number {
  return Node.isFunctionDeclaration(declaration) || Node.isVariableDeclaration(declaration) ? 0 : 1;
}

function named(name: string): Exported {
  const entry = exported?.find((one) => one.name === name);
  if (entry === undefined) throw new Error(`the runtime exports no ${name}`);
  return entry;
}

/** Signature, meaning, members, errors and examples, each where there is one. */
function described({ declarations }: Exported): string[] {
  const [first] = declarations;
  const docs = declarations.flatMap(docsOf);
  return [...signature(declarations), ...docs.map(meaning), ...members(first), ...tags(docs), ...examples(docs)].filter(
    (part) => part !== "",
  );
}

function docsOf(declaration: ExportedDeclarations): JSDoc[] {
  if (Node.isVariableDeclaration(declaration)) return declaration.getVariableStatementOrThrow().getJsDocs();
  return Node.isJSDocable(declaration) ? declaration.getJsDocs() : [];
}

function signature(declarations: readonly ExportedDeclarations[]): string[] {
  const [first] = declarations;
  if (Node.isFunctionDeclaration(first)) {
    const overloads = first.getOverloads();
    return [fence((overloads.length > 0 ? overloads : [first]).map(headOf).join("\n"))];
  }
  if (Node.isTypeAliasDeclaration(first)) return [fence(first.getText().replace(/^export /, ""))];
  if (Node.isInterfaceDeclaration(first) && first.getExtends().length > 0) {
    return [
      `Extends ${first
        .getExtends()
        .map((base) => `\`${base.getText()}\``)
        .join(" and ")}.`,
    ];
  }
  return [];
}

function headOf(declaration: FunctionDeclaration): string {
  const body = declaration.getBody();
  const head = declaration.getText().slice(0, body ? body.getStart() - declaration.getStart() : undefined);
  return head.replace(/^export (?:async )?/, "").replace(/;?\s*$/, "");
}

function meaning(doc: JSDoc): string {
  // One line for each paragraph and item of a list.
  return doc
    .getDescription()
    .trim()
    .replaceAll(/(?<!\n)\n *(?!\n|- )/g, " ");
}

function members(declaration: ExportedDeclarations | undefined): string[] {
  const rows = membersOf(declaration).map((member) => {
    const docs = member.getJsDocs();
    const words = [...docs.map(meaning), ...tags(docs)].join("\n\n");
    return `| \`${member.getName()}\` | ${cell(`\`${typeOf(member).replaceAll(/\s+/g, " ")}\``)} | ${cell(words)} |`;
  });
  return rows.length === 0 ? [] : [["| member | type | meaning |", "| --- | --- | --- |", ...rows].join("\n")];
}

type Member = MethodSignature | PropertyDeclaration | PropertySignature;

function membersOf(declaration: ExportedDeclarations | undefined): Member[] {
  if (Node.isInterfaceDeclaration(declaration)) return [...declaration.getProperties(), ...declaration.getMethods()];
  if (Node.isClassDeclaration(declaration)) return declaration.getProperties().filter((member) => !member.isStatic());
  return [];
}

function typeOf(member: Member): string {
  if (Node.isMethodSignature(member)) {
    const parameters = member
      .getParameters()
      .map((parameter) => parameter.getText())
      .join(", ");
    return `(${parameters}) => ${member.getReturnTypeNode()?.getText() ?? "void"}`;
  }
  const type = member.getTypeNode()?.getText() ?? "unknown";
  return member.hasQuestionToken() ? type.replace(/ \| undefined$/, "") : type;
}

/** What is returned and thrown. */
function tags(docs: readonly JSDoc[]): string[] {
  const found = docs.flatMap((doc) => doc.getTags());
  const returned = found
    .filter((tag) => tag.getTagName() === "returns")
    .map((tag) => `Returns ${sentence(tag.getCommentText())}`);
  const thrown = found
    .filter((tag) => tag.getTagName() === "throws")
    .map((tag) =>
      tag
        .getText()
        .replace("@throws ", "")
        .replaceAll(/^\s*\*/gm, "")
        .replace(/\{(\w+)\}/, "`$1`"),
    )
    .map((words) => `Throws ${sentence(words)}`);
  return [...returned, ...thrown];
}

function sentence(text: string | undefined): string {
  const words = (text ?? "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?\*\/?$/g, "")
    .trim();
  return words.endsWith(".") ? words : `${words}.`;
}

/** As they stand in the comments, where a test compiles them. */
function examples(docs: readonly JSDoc[]): string[] {
  return docs
    .flatMap((doc) => doc.getTags())
    .filter((tag) => tag.getTagName() === "example")
    .map((tag) => (tag.getCommentText() ?? "").trim());
}

function fence(code: string): string {
  return ["```ts", code, "```"].join("\n");
}

/** One cell of a table, paragraphs and items of lists on lines of their own. */
function cell(text: string): string {
  const lines = text.replaceAll(/\n\n+/g, "\n").replaceAll(/\n- /g, "\n• ").split("\n");
  return lines
    .map((line) => line.replaceAll(/\s+/g, " ").trim())
    .join("<br>")
    .replaceAll("|", "\\|");
}
