import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Links of a Markdown file to files of the repository that are not there, and to headings that it does not have. */
export function deadLinks(markdown: string, path: string): string[] {
  const text = markdown.replaceAll(/^(`{3,}).*?^\1$/gms, "");
  const anchors = new Set(Array.from(text.matchAll(/^#+ (.*)$/gm), ([, title = ""]) => anchorOf(title)));
  return Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target).filter((target) => {
    if (/^https?:/.test(target)) return false;
    if (target.startsWith("#")) return !anchors.has(target.slice(1));
    return !existsSync(join(dirname(path), target.replace(/#.*$/, "")));
  });
}

/** The anchor of a heading, as code hosts make it. */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}
