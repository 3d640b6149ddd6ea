import fc from "fast-check";
import type { Snapshot } from "tailrace";
import { describe, expect, test } from "vitest";
import { fold } from "../../src/report/alike.ts";
import { graphOf } from "../../src/report/graph.ts";
import { layoutOf } from "../../src/report/layout.ts";
import type { Box, Layout, Line } from "../../src/report/layout.ts";
import { pictureOf } from "../../src/report/picture.ts";
import { range } from "../items.ts";
import { snapshotOf, snapshots } from "./snapshots.ts";

const LABEL = 60;

function laidOut(snapshot: Snapshot): Layout {
  return layoutOf(pictureOf(fold(graphOf(snapshot))), {
    width: 100,
    height: ({ state }) => (state === undefined ? 30 : 50),
    label: ({ wait }) => (wait === undefined ? 0 : LABEL),
  });
}

function overlap(one: Box, other: Box): boolean {
  const apart = (a: number, size: number, b: number, otherSize: number): boolean => a + size <= b || b + otherSize <= a;
  return !apart(one.x, one.width, other.x, other.width) && !apart(one.y, one.height, other.y, other.height);
}

/** The parts of a line that go straight on: beside a box, and through layers. */
function straight({ points }: Line): { readonly left: number; readonly right: number; readonly y: number }[] {
  return range(points.length / 3).map((step) => {
    const [before, start, bend] = [points[3 * step - 1], points[3 * step], points[3 * step + 1]];
    return { left: before?.x ?? start?.x ?? NaN, right: bend?.x ?? NaN, y: start?.y ?? NaN };
  });
}

const each = (check: (layout: Layout) => void): void => {
  fc.assert(
    fc.property(snapshots, (snapshot) => {
      check(laidOut(snapshot));
    }),
    { numRuns: 300 },
  );
};

describe("whatever waits for whatever,", () => {
  test("no two boxes overlap, and everything is inside of the picture", () => {
    each(({ boxes, lines, width, height }) => {
      for (const [index, box] of boxes.entries()) {
        expect(boxes.slice(index + 1).filter((other) => overlap(box, other))).toEqual([]);
        expect(Math.min(box.x, box.y, width - box.x - box.width, height - box.y - box.height)).toBeGreaterThanOrEqual(
          0,
        );
      }
      for (const { x, y } of lines.flatMap(({ points }) => points)) {
        expect(Math.min(x, y, width - x, height - y)).toBeGreaterThanOrEqual(0);
      }
    });
  });

  test("each line leads from the right side of a box to the left side of another, its arrow's", () => {
    each(({ boxes, lines }) => {
      const boxOf = new Map(boxes.map((box) => [box.shape, box]));
      for (const { arrow, isBack, points } of lines) {
        const [left, right] = [arrow.from, arrow.to].map((shape) => boxOf.get(shape));
        const [begin, end] = isBack ? [right, left] : [left, right];
        const [first, last] = [points[0], points.at(-1)];
        expect(first?.x).toBe((begin?.x ?? NaN) + (begin?.width ?? NaN));
        expect(last?.x).toBe(end?.x);
        for (const [point, box] of [
          [first, begin],
          [last, end],
        ] as const) {
          expect(point?.y).toBeGreaterThan(box?.y ?? NaN);
          expect(point?.y).toBeLessThan((box?.y ?? NaN) + (box?.height ?? NaN));
        }
      }
    });
  });

  test("no line runs through a box, and no other line through its label", () => {
    each(({ boxes, lines }) => {
      for (const line of lines) {
        for (const { left, right, y } of straight(line)) {
          const crossed = boxes.filter(
            (box) => left < box.x + box.width && box.x < right && box.y < y && y < box.y + box.height,
          );
          expect(crossed).toEqual([]);
        }
        const [start] = line.points;
        if (line.arrow.wait === undefined || start === undefined) continue;
        const close = lines.filter(
          (other) =>
            other !== line &&
            straight(other).some(
              ({ left, right, y }) => left < start.x + LABEL && start.x < right && Math.abs(y - start.y) < 14,
            ),
        );
        expect(close).toEqual([]);
      }
    });
  });
});

test("who waits is left of what it waits for, and that of who holds it; of a cycle only one arrow leads back", () => {
  const ways = range(4).map((n) => [`task ${"abcd"[n] ?? ""}`, `lock ${"abcd"[n] ?? ""}`] as const);
  const { boxes, lines } = laidOut(
    snapshotOf({
      waits: ways.map(([task], n) => [task, "acquire", ways[(n + 1) % 4]?.[1] ?? ""]),
      held: ways.map(([task, lock]) => [lock, task]),
    }),
  );
  expect(boxes).toHaveLength(8);
  expect(lines.filter(({ isBack }) => isBack)).toHaveLength(1);
  const xs = boxes.map(({ x }) => x);
  expect(new Set(xs).size).toBe(8);
});
