// What a browser makes of a page.
import fc from "fast-check";
import { html } from "tailrace/report";
import type { Snapshot } from "tailrace";
import { describe, expect, test } from "vitest";
import { hostile } from "./hostile.ts";
import { snapshotOf, snapshots } from "./snapshots.ts";

/** The part of the DOM that is needed: the types are those of Node. */
interface Page {
  readonly documentElement: { readonly textContent: string };
  querySelectorAll(selector: string): Iterable<{
    readonly localName: string;
    readonly textContent: string;
    readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  }>;
}

const { DOMParser } = globalThis as unknown as {
  readonly DOMParser: new () => { parseFromString(text: string, type: string): Page };
};

const parse = (page: string, type = "text/html"): Page => new DOMParser().parseFromString(page, type);

const ELEMENTS = new Set(
  "html head meta title style body main h1 h2 p div strong ul li bdi span details summary table caption thead tbody tr th td "
    .concat("svg desc defs marker g rect path text")
    .split(" "),
);
const ATTRIBUTES = new Set(
  "xmlns lang charset http-equiv content name class tabindex role aria-label aria-labelledby id open scope colspan viewbox width "
    .concat("height style refx refy markerwidth markerheight markerunits orient d x y rx marker-start marker-end")
    .split(" "),
);

describe.runIf("document" in globalThis)("in a browser", () => {
  const check = (snapshot: Snapshot): void => {
    const page = html(snapshot);
    for (const { localName, attributes } of parse(page).querySelectorAll("*")) {
      expect(ELEMENTS).toContain(localName);
      for (const { name, value } of attributes) {
        expect(ATTRIBUTES).toContain(name.toLowerCase());
        if (name === "style") expect(value).toMatch(/^min-width: \d+px$/u);
        if (name.startsWith("marker-")) expect(value).toMatch(/^url\(#head-\w+\)$/u);
      }
    }
    const asXml = parse(page, "application/xhtml+xml");
    expect([...asXml.querySelectorAll("parsererror")].map(({ textContent }) => textContent)).toEqual([]);
    const words = (text: string): string => text.replaceAll(/\s+/gu, " ").trim();
    expect(words(asXml.documentElement.textContent)).toBe(words(parse(page).documentElement.textContent));
  };

  test("a page has nothing in it but what we put there, and is the same read as HTML and as XML", () => {
    fc.assert(fc.property(snapshots, check), { numRuns: 50 });
  });

  test("names are text, whatever is in them", () => {
    const snapshot = snapshotOf({ waits: hostile.map((name) => [name, name, `on ${name}`]) });
    check(snapshot);
    const told = [...parse(html(snapshot)).querySelectorAll(".tree bdi")].map(({ textContent }) => textContent);
    for (const name of [
      "<img src=x onerror=alert(1)>",
      "</script><script>alert(1)</script>",
      "' & &lt; &#60;",
      "קובץ",
    ]) {
      expect(told).toContain(name);
    }
    expect(told).toContain("a␊b␍␉c␀d␛[31m");
    expect(told).toContain("evil\ufffdtxt.exe");
  });
});
