/** Reads from now on; the promise is what it has read in the end. */
export function collect(source: ReadableStream<string>): { readonly done: Promise<string[]> } {
  const items: string[] = [];
  const done = (async () => {
    for await (const item of source) items.push(item);
    return items;
  })();
  return { done };
}
