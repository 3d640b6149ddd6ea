import { findStarvation } from "@tailrace/analysis";
import type { Finding, InterpretOptions, SourceFile } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { fileIn } from "./file.ts";
import { importsText, withOtherFiles } from "./other-files.ts";
import { catalogIn, mayUseSettings } from "./settings.ts";

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

const findings = new WeakMap<TSESLint.SourceCode, Map<boolean, Finding[]>>();

// Who never waits cannot starve, and who makes nothing to wait for does not either.
const WAITS = /\bawait\b|\.then\(/u;
const MAKES =
  /Stream\b|\bPassThrough\b|\bTransform\b|\bduplexPair\b|\bcreate(?:Gzip|Gunzip|Deflate|Inflate|Unzip|Brotli|Cipher|Decipher)|[Aa]rchive|\bchannel\b|\bnew Promise\b|\bwithResolvers\b/u;
// With types, a stream may also come from another file: then only its use can be seen here.
const USES = /\.(?:writable|getWriter|send|finalize)\b|\b(?:pipeline|drain)\b/u;

/** What starves in a file: found once, however many rules ask. */
export function starvationIn(context: Context, options: InterpretOptions): readonly Finding[] {
  const { sourceCode } = context;
  if (!WAITS.test(sourceCode.text)) return [];
  const file = fileIn(sourceCode);
  if (!file || !(mayStarve(file, sourceCode.text) || mayUseSettings(sourceCode))) return [];
  const strict = options.strict ?? false;
  const cached = findings.get(sourceCode) ?? new Map<boolean, Finding[]>();
  findings.set(sourceCode, cached);
  let result = cached.get(strict);
  if (!result) {
    result = findStarvation({ ...file, types: withOtherFiles(context, file.types) }, catalogIn(sourceCode), { strict });
    cached.set(strict, result);
  }
  return result;
}

function mayStarve({ ast, types }: SourceFile, text: string): boolean {
  if (MAKES.test(text)) return true;
  if (!types) return false;
  const own = types.esTreeNodeToTSNodeMap.get(ast);
  return USES.test(text) || importsText(types.program, own.getSourceFile(), MAKES);
}
