// The copy of a response is not needed after all: the await of its cancellation waits for the original to be read.
// Ends: exit 13
const response = new Response("level 4.2\n".repeat(100_000));
const copy = response.clone();
await copy.body?.cancel(); // starves
const { length } = await response.text();
if (length !== 1_000_000) throw new Error(String(length));
