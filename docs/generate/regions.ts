/** Turns a path below the root of the repository into one that works as a link in the file. */
export type Link = (path: string) => string;

/** Writes what belongs into a region; `args` are the words after its name. */
export type Writer = (args: readonly string[], link: Link) => string | Promise<string>;
export type Writers = Readonly<Record<string, Writer>>;

const REGION = /^<!-- begin (.+?) -->\n(.*?)^<!-- end -->$/gms;
const FENCE = /^(`{3,})(\w*)\n.*?^\1$/gms;
const CODE = new Set(["ts", "tsx", "js", "jsx", "mjs", "cjs", "typescript", "javascript"]);

/**
 * Fills the regions of a Markdown text. A region begins with a line `<!-- begin NAME ARGUMENT… -->`, where the name
 * is that of a writer, and goes to the next line `<!-- end -->`.
 */
export async function fill(markdown: string, writers: Writers, link: Link): Promise<string> {
  let filled = "";
  let at = 0;
  for (const { 0: whole, 1: words = "", index } of markdown.matchAll(REGION)) {
    const [name = "", ...args] = words.split(" ");
    const write = writers[name];
    if (write === undefined) throw new Error(`there is no region of the name ${name}`);
    const content = (await write(args, link)).trim();
    const lines = content === "" ? "\n" : `\n${content}\n\n`;
    filled += `${markdown.slice(at, index)}<!-- begin ${words} -->\n${lines}<!-- end -->`;
    at = index + whole.length;
  }
  return filled + markdown.slice(at);
}

/** The lines, from 1, on which code begins that stands outside of all regions: nothing would notice if it is wrong. */
export function looseCode(markdown: string): number[] {
  const blank = (text: string): string => text.replaceAll(/[^\n]/g, " ");
  const outside = markdown.replaceAll(REGION, blank);
  return Array.from(outside.matchAll(FENCE))
    .filter(([, , language = ""]) => CODE.has(language))
    .map(({ index }) => outside.slice(0, index).split("\n").length);
}
