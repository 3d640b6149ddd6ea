// Whoever starts the service with a signal that is aborted already waits for ever.
// Ends: exit 13
interface Options {
  readonly name: string;
  readonly signal: AbortSignal;
}

async function serve({ name, signal }: Options): Promise<string> {
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true })); // starves
  return `${name} stopped`;
}

await serve({ name: "mail", signal: AbortSignal.abort() }); // waits
