import { readFile, stat } from "node:fs/promises";
import { basename, dirname, relative } from "node:path";
import { check } from "./linter.ts";
import { bad, codeFrame, count, faint, good, strong, wrap } from "./view.ts";

/** `npm start -- lint PATH`: prints what the plugin finds. The exit code is 1 on findings, 2 on a bad path. */
export async function lint(path: string): Promise<number> {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isDirectory === undefined) {
    console.error(`Cannot lint ${path}: there is no such file or directory.`);
    return 2;
  }
  const { findings, typed, untyped, unparsed } = isDirectory
    ? await check(path)
    : await check(dirname(path), [basename(path)]);

  const place = (file: string, line: number) => `${relative(process.cwd(), file)}:${String(line)}`;
  for (const finding of findings) {
    console.log(`${strong(place(finding.file, finding.line))}  ${faint(finding.rule)}`);
    for (const line of wrap(finding.message)) console.log(`  ${line}`);
    for (const line of codeFrame(await readFile(finding.file, "utf8"), finding)) console.log(`  ${line}`);
    console.log();
  }
  for (const { file, line, message } of unparsed) console.log(faint(`${place(file, line)}  not read: ${message}`));

  const checked = typed + untyped;
  if (checked === 0) {
    console.error(`Cannot lint ${path}: there is no TypeScript or JavaScript that can be read.`);
    return 2;
  }
  const scope = `${count(checked, "file")} (${String(typed)} with types, ${String(untyped)} without)`;
  if (findings.length === 0) {
    console.log(`${good("✔")} Nothing found in ${scope}.`);
    return 0;
  }
  const files = new Set(findings.map((finding) => finding.file)).size;
  console.log(`${bad("✖")} ${count(findings.length, "finding")} in ${String(files)} of ${scope}.`);
  return 1;
}
