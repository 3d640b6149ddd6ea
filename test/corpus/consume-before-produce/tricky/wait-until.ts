// A worker-style handler: the platform keeps the writing promise alive, the response leaves with the readable side.
interface Context {
  waitUntil(work: Promise<unknown>): void;
}

function handle(_request: Request, context: Context): Response {
  const encoder = new TextEncoderStream();
  const writer = encoder.writable.getWriter();
  const write = async (): Promise<void> => {
    for (const event of ["open", "tick", "close"]) await writer.write(`event: ${event}\n`);
    await writer.close();
  };
  context.waitUntil(write());
  return new Response(encoder.readable);
}

const background: Promise<unknown>[] = [];
const response = handle(new Request("http://localhost/"), { waitUntil: (work) => void background.push(work) });
const text = await response.text();
await Promise.all(background);
if (text.split("\n").length !== 4) throw new Error(text);
