import { spawn } from "node:child_process";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { connect } from "./json-rpc.ts";
import type { Connection } from "./json-rpc.ts";

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Diagnostic {
  readonly range: Range;
  readonly code?: string;
  readonly message: string;
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** An editor with one open buffer, whose language server is that of the ESLint extension of Visual Studio Code. */
export interface Editor extends AsyncDisposable {
  /** Replaces the text of the buffer. */
  change(text: string): void;
  /** What the server says to the buffer as it is now. */
  diagnostics(): Promise<readonly Diagnostic[]>;
  /** The titles of the actions that are offered on a diagnostic, with what each would change in the buffer. */
  actions(diagnostic: Diagnostic): Promise<ReadonlyMap<string, readonly TextEdit[]>>;
}

/**
 * @param directory Where `eslint.config.js` is, and from where `eslint` resolves
 * @param file      Name of the buffer in it; need not exist
 */
export async function openEditor(directory: string, file: string, text: string): Promise<Editor> {
  const server = fileURLToPath(import.meta.resolve("vscode-langservers-extracted/bin/vscode-eslint-language-server"));
  const child = spawn(process.execPath, [server, "--stdio"], {
    cwd: directory,
    env: { ...process.env, NODE_OPTIONS: "" }, // no export condition: it lints with what was built
    stdio: ["pipe", "pipe", "ignore"],
  });
  const folder = { uri: pathToFileURL(directory).href, name: basename(directory) };
  const uri = pathToFileURL(join(directory, file)).href;
  let edits: readonly TextEdit[] = [];
  const connection: Connection = connect(child.stdin, child.stdout, {
    "workspace/configuration": ({ items }: { items: unknown[] }) => items.map(() => settings(folder)),
    "workspace/applyEdit": ({ edit }: { edit: { documentChanges: { edits: TextEdit[] }[] } }) => {
      edits = edit.documentChanges.flatMap((change) => change.edits);
      return { applied: true };
    },
  });
  child.on("error", connection.fail);
  const closed = new Promise((resolve) => child.on("close", resolve));
  void closed.then(() => {
    connection.fail(new Error("the language server has ended"));
  });

  await connection.request("initialize", {
    processId: process.pid,
    rootUri: folder.uri,
    workspaceFolders: [folder],
    capabilities: {
      workspace: { configuration: true, applyEdit: true, workspaceEdit: { documentChanges: true } },
      textDocument: { diagnostic: {}, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
    },
  });
  connection.notify("initialized", {});
  const languageId = /\.[mc]?ts$/.test(file) ? "typescript" : "javascript";
  let version = 1;
  connection.notify("textDocument/didOpen", { textDocument: { uri, languageId, version, text } });

  return {
    change(newText) {
      version += 1;
      connection.notify("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text: newText }],
      });
    },
    async diagnostics() {
      const report = await connection.request("textDocument/diagnostic", { textDocument: { uri } });
      return (report as { items: Diagnostic[] }).items;
    },
    async actions(diagnostic) {
      const params = { textDocument: { uri }, range: diagnostic.range, context: { diagnostics: [diagnostic] } };
      const actions = (await connection.request("textDocument/codeAction", params)) as CodeAction[];
      const offered = new Map<string, readonly TextEdit[]>();
      for (const { title, command } of actions) {
        await connection.request("workspace/executeCommand", command);
        offered.set(title, edits);
      }
      return offered;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await closed;
    },
  };
}

/** A text after edits that do not overlap. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  const offset = ({ line, character }: Position): number => (starts[line] ?? text.length) + character;
  return edits
    .toSorted((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (all, { range, newText }) => all.slice(0, offset(range.start)) + newText + all.slice(offset(range.end)),
      text,
    );
}

interface CodeAction {
  readonly title: string;
  readonly command: { readonly command: string; readonly arguments: readonly unknown[] };
}

/** What the extension sends when nothing is configured, without its offers to disable rules and to show pages. */
function settings(workspaceFolder: { readonly uri: string; readonly name: string }): unknown {
  return {
    validate: "on",
    run: "onType",
    useESLintClass: true,
    experimental: {},
    options: {},
    nodePath: null,
    quiet: false,
    format: false,
    onIgnoredFiles: "off",
    rulesCustomizations: [],
    problems: { shortenToSingleLine: false },
    codeAction: { disableRuleComment: { enable: false }, showDocumentation: { enable: false } },
    codeActionOnSave: { mode: "all" },
    workspaceFolder,
    workingDirectory: { mode: "location" },
  };
}
