import { mean, neighbours } from "./layers.ts";
import type { Place } from "./layers.ts";

const [BOX_GAP, LINE_GAP] = [22, 14];
const SWEEPS = 6;

/** Gives each place a height as near to that of its neighbours as the others in its layer allow. */
export function spread(columns: readonly (readonly Place[])[]): void {
  for (const column of columns)
    settle(
      column,
      column.map(() => 0),
    );
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForward = sweep % 2 === 0;
    for (const column of isForward ? columns : columns.toReversed()) {
      settle(
        column,
        column.map((place) => mean(neighbours(place, isForward)) ?? mean(neighbours(place, !isForward)) ?? place.y),
      );
    }
  }
}

/**
 * The heights in that order that are nearest to the wanted ones and keep their distances. Those that want to be nearer
 * to each other than they may become a block, which is where the mean of them wants to be.
 */
function settle(column: readonly Place[], wanted: readonly number[]): void {
  const offsets: number[] = [];
  let offset = 0;
  for (const [index, place] of column.entries()) {
    const above = column[index - 1];
    if (above !== undefined) offset += distance(above, place);
    offsets.push(offset);
  }
  const blocks: { sum: number; size: number }[] = [];
  for (const [index, y] of wanted.entries()) {
    let block = { sum: y - (offsets[index] ?? 0), size: 1 };
    for (let last = blocks.at(-1); last !== undefined && middle(last) > middle(block); last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: last.sum + block.sum, size: last.size + block.size };
    }
    blocks.push(block);
  }
  const bases = blocks.flatMap((block) => Array<number>(block.size).fill(middle(block)));
  for (const [index, place] of column.entries()) place.y = Math.round((bases[index] ?? 0) + (offsets[index] ?? 0));
}

function middle({ sum, size }: { readonly sum: number; readonly size: number }): number {
  return sum / size;
}

function distance(above: Place, below: Place): number {
  const gap = above.shape === undefined || below.shape === undefined ? LINE_GAP : BOX_GAP;
  return (above.height + below.height) / 2 + gap;
}
