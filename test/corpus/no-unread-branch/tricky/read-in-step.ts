// Both branches are read in turn, a chunk from each: neither gets ahead of the other.
const source = new ReadableStream<string>({
  start(controller) {
    for (const letter of "abc") controller.enqueue(letter);
    controller.close();
  },
});
const [left, right] = source.tee();
const reader = right.getReader();
const pairs: string[] = [];
for await (const one of left) {
  const { value } = await reader.read();
  pairs.push(`${one}${value ?? ""}`);
}
if (pairs.join() !== "aa,bb,cc") throw new Error(pairs.join());
