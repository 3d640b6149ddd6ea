/**
 * A queue in a circular array whose length is a power of two. It grows as needed and never moves items to take one out.
 */
export class Ring<T> {
  /** Items in the queue. */
  size = 0;
  private slots: (T | undefined)[] = new Array<T | undefined>(4).fill(undefined);
  private mask = 3;
  private start = 0;

  push(item: T): void {
    if (this.size > this.mask) this.grow();
    this.slots[(this.start + this.size) & this.mask] = item;
    this.size++;
  }

  /** Takes the oldest item. The queue must not be empty. */
  shift(): T {
    const item = this.slots[this.start] as T;
    this.slots[this.start] = undefined; // or the array would keep the item alive
    this.start = (this.start + 1) & this.mask;
    this.size--;
    return item;
  }

  /** The oldest item. The queue must not be empty. */
  get first(): T {
    return this.slots[this.start] as T;
  }

  /** The item in a place: 0 is that of the oldest. */
  at(place: number): T {
    return this.slots[(this.start + place) & this.mask] as T;
  }

  /** Puts another item in the place of one: 0 is that of the oldest. */
  set(place: number, item: T): void {
    this.slots[(this.start + place) & this.mask] = item;
  }

  /** Takes the oldest items, as many as there are up to a number. */
  take(most: number): T[] {
    const { slots, start } = this;
    const count = Math.min(most, this.size);
    const end = start + count;
    const taken = slots.slice(start, end);
    slots.fill(undefined, start, end);
    const rest = end - slots.length;
    if (rest > 0) {
      for (let index = 0; index < rest; index++) taken.push(slots[index]);
      slots.fill(undefined, 0, rest);
    }
    this.start = end & this.mask;
    this.size -= count;
    return taken as T[];
  }

  clear(): void {
    this.slots.fill(undefined);
    this.start = this.size = 0;
  }

  private grow(): void {
    const { slots, start } = this;
    this.slots = slots.slice(start).concat(slots.slice(0, start));
    this.slots.length = 2 * slots.length;
    this.slots.fill(undefined, slots.length);
    this.start = 0;
    this.mask = this.slots.length - 1;
  }
}
