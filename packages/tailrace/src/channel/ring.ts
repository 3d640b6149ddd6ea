/**
 * A queue in a circular array whose length is a power of two. It grows as needed and never moves items to take one out.
 */
export class Ring<T> {
  /** Items in the queue. */
  size = 0;
  private slots: (T | undefined)[] = new Array<T | undefined>(4).fill(undefined);
  private mask = 3;
  private first = 0;

  push(item: T): void {
    if (this.size > this.mask) this.grow();
    this.slots[(this.first + this.size) & this.mask] = item;
    this.size++;
  }

  /** Takes the oldest item. The queue must not be empty. */
  shift(): T {
    const item = this.slots[this.first] as T;
    this.slots[this.first] = undefined; // or the array would keep the item alive
    this.first = (this.first + 1) & this.mask;
    this.size--;
    return item;
  }

  /** Takes the oldest items, as many as there are up to a number. */
  take(most: number): T[] {
    const { slots, first } = this;
    const count = Math.min(most, this.size);
    const end = first + count;
    const taken = slots.slice(first, end);
    slots.fill(undefined, first, end);
    const rest = end - slots.length;
    if (rest > 0) {
      for (let index = 0; index < rest; index++) taken.push(slots[index]);
      slots.fill(undefined, 0, rest);
    }
    this.first = end & this.mask;
    this.size -= count;
    return taken as T[];
  }

  clear(): void {
    this.slots.fill(undefined);
    this.first = this.size = 0;
  }

  private grow(): void {
    const { slots, first } = this;
    this.slots = slots.slice(first).concat(slots.slice(0, first));
    this.slots.length = 2 * slots.length;
    this.slots.fill(undefined, slots.length);
    this.first = 0;
    this.mask = this.slots.length - 1;
  }
}
