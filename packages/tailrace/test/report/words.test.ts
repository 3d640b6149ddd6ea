import fc from "fast-check";
import { expect, test } from "vitest";
import { blurred, cells, listed, shown } from "../../src/report/words.ts";

test("a text that is too long is cut in its middle, and takes no more room than it may", () => {
  expect(shown("short", 10)).toBe("short");
  expect(shown("replicate-shards-to-hosts", 11)).toBe("replic…osts");
  expect(shown("日本語のとても長い名前", 10)).toBe("日本語…前");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.integer({ min: 3, max: 40 }), (text, most) => {
      const cut = shown(text, most);
      expect(cells(cut)).toBeLessThanOrEqual(most);
      expect(cut.isWellFormed()).toBe(true);
    }),
  );
});

test("what belongs together is not cut apart", () => {
  expect(shown("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 6)).toBe("👩‍👩‍👧‍👦…👩‍👩‍👧‍👦");
});

test("what is not seen is shown, and what turns the direction of others is not left in", () => {
  expect(shown("a\nb\0\u007f\u0085\u202e\ud800", 20)).toBe("a␊b␀␡\ufffd\ufffd\ufffd");
});

test("numbers tell alike names apart, and so do hexadecimal words", () => {
  expect(["task-1", "task-20", "host 3 of 4", "3f2a91bc-0000", "facade", "size512"].map(blurred)).toEqual([
    "task-…",
    "task-…",
    "host … of …",
    "…-…",
    "facade",
    "size…",
  ]);
});

test("a list is written as it is spoken", () => {
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listed)).toEqual(["", "a", "a and b", "a, b and c"]);
});
