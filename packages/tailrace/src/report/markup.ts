import { visible } from "./words.ts";

/** What is HTML and XML as it is. Only `markup` makes it, so that nothing comes into a page that is not escaped. */
export interface Markup {
  readonly source: string;
}

type Part = Markup | string | number | undefined | readonly Markup[];

/** A template of HTML: text that is put into it stays text, also between the quotes of an attribute. */
export function markup(parts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return { source: parts.reduce((source, part, index) => source + sourceOf(values[index - 1]) + part) };
}

function sourceOf(value: Part): string {
  if (value === undefined) return "";
  if (typeof value === "number") return value.toString();
  if (typeof value === "string")
    return visible(value).replaceAll(/[&<>"']/g, (c) => `&#${c.charCodeAt(0).toString()};`);
  return "source" in value ? value.source : value.map(({ source }) => source).join("\n");
}
