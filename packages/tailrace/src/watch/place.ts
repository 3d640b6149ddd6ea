import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import type { SourceMapPayload } from "node:module";

export interface Script {
  readonly url: string;
  /** Undefined or empty if it was not compiled. */
  readonly sourceMapURL?: string | undefined;
}

/** File, line and column, from 1, of what a person has written; the position is given from 0. */
export function placeOf(script: Script | undefined, line: number, column: number): string {
  const place = original(script, line, column) ?? { url: script?.url ?? "", line, column };
  const file = place.url === "" ? "<anonymous>" : place.url;
  return `${file}:${(place.line + 1).toString()}:${(place.column + 1).toString()}`;
}

interface Place {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** What the source map says, if there is one that can be read. */
function original(
  { url = "", sourceMapURL = "" }: Partial<Script> = {},
  line: number,
  column: number,
): Place | undefined {
  if (sourceMapURL === "") return undefined;
  try {
    const map = new URL(sourceMapURL, url);
    const entry = new SourceMap(JSON.parse(read(map)) as SourceMapPayload).findEntry(line, column);
    if (!("originalSource" in entry)) return undefined;
    const source = new URL(entry.originalSource, map.protocol === "data:" ? url : map);
    return { url: source.href, line: entry.originalLine, column: entry.originalColumn };
  } catch {
    return undefined;
  }
}

function read(url: URL): string {
  if (url.protocol !== "data:") return readFileSync(url, "utf8");
  const [, encoding, data = ""] = /^data:[^,]*?(;base64)?,(.*)$/su.exec(url.href) ?? [];
  return encoding === undefined ? decodeURIComponent(data) : Buffer.from(data, "base64").toString();
}
