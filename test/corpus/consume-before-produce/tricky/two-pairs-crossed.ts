// Two pairs: the one that is written has its reader, the one that is read afterwards has its producer.
const requests = new TransformStream<number, number>();
const replies = new TransformStream<string, string>();

async function serve(): Promise<void> {
  const reply = replies.writable.getWriter();
  const pending: number[] = [];
  for await (const request of requests.readable) pending.push(request);
  for (const request of pending) await reply.write(`${request * 10}`);
  await reply.close();
}

const serving = serve();
const writer = requests.writable.getWriter();
for (const request of [1, 2]) await writer.write(request);
await writer.close();

const answers = await Array.fromAsync(replies.readable);
await serving;
if (answers.join() !== "10,20") throw new Error(answers.join());
