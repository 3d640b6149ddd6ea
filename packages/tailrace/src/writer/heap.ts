// A binary heap whose items know their place in it, so that each can be in it at most once, and be moved or taken out in
// logarithmic time (as Tor's smartlist_pqueue, src/lib/container/smartlist.c).
import { TailraceError } from "../errors.ts";

/** An item of a heap. */
export interface Listed {
  readonly name: string;
  /** Its place; -1 while it is in none. Written by the heap alone. */
  index: number;
  /** Of two, the one of the lower round comes first, then the one of the lower rank, then the one that has come first. */
  round: number;
  rank: number;
  /** When it has come, or was moved. Written by the heap alone. */
  order: number;
}

export class Heap<Item extends Listed> {
  readonly #items: Item[] = [];
  #arrivals = 0;

  get size(): number {
    return this.#items.length;
  }

  /** The one whose turn it is. */
  get first(): Item | undefined {
    return this.#items[0];
  }

  /** The one in that place, if any. */
  at(place: number): Item | undefined {
    return this.#items[place];
  }

  /** Adds one that is not in it: anything else is a bug, and throws. */
  add(item: Item): void {
    if (item.index !== -1) throw new Error("it is in a list already");
    this.#arrive(item);
    this.#up(item, this.#items.length);
  }

  /** To be called when its rank or its round has changed. Among equals it is the last then. */
  move(item: Item): void {
    const { index } = item;
    if (this.#items[index] !== item) throw new Error("it is not in this list");
    this.#arrive(item);
    if (this.#up(item, index) === index) this.#down(item, index);
  }

  /** Takes one out. Harmless if it is in none. */
  remove(item: Item): void {
    const { index } = item;
    if (index === -1) return;
    if (this.#items[index] !== item) throw new Error("it is not in this list");
    item.index = -1;
    const last = this.#items.pop();
    if (last === undefined || last === item) return;
    if (this.#up(last, index) === index) this.#down(last, index);
  }

  /** All of them, in no order. */
  [Symbol.iterator](): IterableIterator<Item> {
    return this.#items[Symbol.iterator]();
  }

  #arrive(item: Item): void {
    const { rank, name } = item;
    if (Number.isNaN(rank)) throw new TailraceError("TAILRACE_RANK", `the policy gives no number as rank of "${name}"`);
    item.order = this.#arrivals++;
  }

  #up(item: Item, from: number): number {
    const items = this.#items;
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const other = items[above];
      if (other === undefined || !precedes(item, other)) break;
      items[index] = other;
      other.index = index;
      index = above;
    }
    items[index] = item;
    item.index = index;
    return index;
  }

  #down(item: Item, from: number): void {
    const items = this.#items;
    let index = from;
    for (;;) {
      const left = 2 * index + 1;
      const other = earlier(items[left], items[left + 1]);
      if (other === undefined || !precedes(other, item)) break;
      const below = other.index;
      items[index] = other;
      other.index = index;
      index = below;
    }
    items[index] = item;
    item.index = index;
  }
}

function earlier<Item extends Listed>(one: Item | undefined, other: Item | undefined): Item | undefined {
  return one === undefined || other === undefined || precedes(one, other) ? one : other;
}

function precedes(one: Listed, other: Listed): boolean {
  if (one.round !== other.round) return one.round < other.round;
  if (one.rank !== other.rank) return one.rank < other.rank;
  return one.order < other.order;
}
