/** Adds a value to those of a key; returns them all. */
export function put<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): Value[] {
  const list = lists.get(key) ?? [];
  if (list.push(value) === 1) lists.set(key, list);
  return list;
}
