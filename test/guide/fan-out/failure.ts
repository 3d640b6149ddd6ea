import { fanOut } from "tailrace";

async function full(chunks: AsyncIterable<string>): Promise<void> {
  for await (const chunk of chunks) throw new Error(`no space left for ${chunk}`);
}

async function upload(chunks: AsyncIterable<string>): Promise<void> {
  const sent: string[] = [];
  try {
    for await (const chunk of chunks) sent.push(chunk);
    console.log("committed");
  } catch (error) {
    console.log(`upload given up: ${String(error)}`);
    throw error;
  }
}

async function* read(): AsyncGenerator<string> {
  for (let number = 1; number <= 1000; number += 1) yield `chunk ${number}`;
}

try {
  await fanOut(read(), { disk: full, upload });
} catch (error) {
  console.log(`fan-out failed: ${String(error)}`);
}
// prints upload given up: Error: no space left for chunk 1
// prints fan-out failed: Error: no space left for chunk 1
