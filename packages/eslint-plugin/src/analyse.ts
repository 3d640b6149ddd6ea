import { findStarvation } from "@tailrace/analysis";
import type { Finding, InterpretOptions, TypeServices } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { catalogIn, mayUseSettings } from "./settings.ts";

const findings = new WeakMap<TSESLint.SourceCode, Map<boolean, Finding[]>>();

// Who never waits cannot starve, and who makes nothing to wait for does not either.
const WAITS = /\bawait\b|\.then\(/u;
const MAKES =
  /Stream\b|\bPassThrough\b|\bTransform\b|\bduplexPair\b|\bcreate(?:Gzip|Gunzip|Deflate|Inflate|Unzip|Brotli|Cipher|Decipher)|[Aa]rchive|\bchannel\b|\bnew Promise\b|\bwithResolvers\b/u;
// With types, a stream may also come from another file: then only its use can be seen here.
const USES = /\.(?:writable|getWriter|send|finalize)\b|\b(?:pipeline|drain)\b/u;

/** What starves in a file: found once, however many rules ask. */
export function starvationIn(sourceCode: Readonly<TSESLint.SourceCode>, options: InterpretOptions): readonly Finding[] {
  const { ast, scopeManager, text } = sourceCode;
  if (!scopeManager || !WAITS.test(text)) return [];
  const types = typesOf(sourceCode);
  if (!MAKES.test(text) && !(types && USES.test(text)) && !mayUseSettings(sourceCode)) return [];
  const strict = options.strict ?? false;
  const cached = findings.get(sourceCode) ?? new Map<boolean, Finding[]>();
  findings.set(sourceCode, cached);
  let result = cached.get(strict);
  if (!result) {
    result = findStarvation({ ast, scopes: scopeManager, types }, catalogIn(sourceCode), { strict });
    cached.set(strict, result);
  }
  return result;
}

function typesOf({ parserServices }: Readonly<TSESLint.SourceCode>): TypeServices | undefined {
  if (!parserServices?.program) return undefined;
  return {
    program: parserServices.program,
    esTreeNodeToTSNodeMap: parserServices.esTreeNodeToTSNodeMap as TypeServices["esTreeNodeToTSNodeMap"],
  };
}
