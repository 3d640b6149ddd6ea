// What is shown as data needs a number to refer to it. Most things are never shown.

const ids = new WeakMap<object, number>();
let last = 0;

/** A number that nothing else has. */
export function nextId(): number {
  return ++last;
}

/** The number of a task or of a resource, always the same. */
export function idOf(thing: object): number {
  let id = ids.get(thing);
  if (id === undefined) ids.set(thing, (id = nextId()));
  return id;
}
