// A sink that forwards into a second pair waits inside the platform, while the loop below reads that pair.
const first = new TransformStream<string, string>();
const second = new TransformStream<string, string>();
const forward = second.writable.getWriter();
const forwarding = first.readable.pipeTo(
  new WritableStream({
    async write(text) {
      await forward.write(`<${text}>`);
    },
    async close() {
      await forward.close();
    },
  }),
);
const writer = first.writable.getWriter();
void writer.write("a");
void writer.write("b");
void writer.close();

const received = await Array.fromAsync(second.readable);
await forwarding;
if (received.join() !== "<a>,<b>") throw new Error(received.join());
