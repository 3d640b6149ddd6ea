// Names come from the program, and from what it has read: they may be of any length, and have anything in them.

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const WIDE = /\p{Extended_Pictographic}|\p{RI}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u;
const ASTRAL_IDEOGRAPH = /[\u{20000}-\u{3fffd}]/u;
/** Controls, what turns the direction of all that follows, and what no XML may have. */
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
/** What tells alike names apart: numbers, and words of hexadecimal digits. */
const SERIAL = /\b(?=[a-f]*\d)[\da-f]{4,}\b|\d+/giu;
const LONGEST = 500;

/** The text with what is not seen made visible, cut in its middle to so many cells; a wide character takes two. */
export function shown(text: string, most: number): string {
  const room = 4 * most;
  const isLong = text.length > 2 * room;
  const clean = visible(isLong ? text.slice(0, room) + text.slice(-room) : text);
  if (!isLong && cells(clean) <= most) return clean;
  const parts = Array.from(graphemes.segment(clean), ({ segment }) => segment);
  const first = Math.ceil((most - 1) * 0.6);
  const [head, tail] = [fitting(parts, first), fitting(parts.reverse(), most - 1 - first).reverse()];
  return `${head.join("")}…${tail.join("")}`;
}

/** The text without controls, halves of characters and what turns the direction of all that follows. */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll(UNSEEN, picture);
}

/** How many columns of a terminal, or of a font in which all characters are of the same width, the text takes. */
export function cells(text: string): number {
  let sum = 0;
  for (const { segment } of graphemes.segment(text)) sum += width(segment);
  return sum;
}

function fitting(parts: readonly string[], most: number): string[] {
  let sum = 0;
  const end = parts.findIndex((part) => (sum += width(part)) > most);
  return parts.slice(0, end === -1 ? undefined : end);
}

function width(grapheme: string): number {
  return WIDE.test(grapheme) || ASTRAL_IDEOGRAPH.test(grapheme) ? 2 : 1;
}

/** A line feed as ␊, and so on. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "␡" : "\ufffd";
}

/** The same text for `upload-1` and `upload-2`. */
export function blurred(text: string): string {
  return text.slice(0, LONGEST).replaceAll(SERIAL, "…");
}

/** `1 task`, `1,200 tasks`. */
export function counted(many: number, noun: string): string {
  return `${many.toLocaleString("en")} ${noun}${many === 1 ? "" : "s"}`;
}

/** `a, b and c` */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}
