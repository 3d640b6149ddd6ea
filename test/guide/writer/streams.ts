import { createReadStream } from "node:fs";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { writeScheduler } from "tailrace";
import { frame, frames } from "./frames/frames.ts";

const FILE = 1;
const CLOCK = 2;

/** What is read, in frames of a lane. */
async function* framed(lane: number, chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield frame(lane, chunk);
}

const connection = new PassThrough();
const sink = writeScheduler().sink<Uint8Array>(connection);
const ticks = ReadableStream.from(["tick ", "tock"]);

const sent = Promise.all([
  pipeline(framed(FILE, createReadStream(import.meta.filename)), sink.lane({ name: "file" }).writable()),
  ReadableStream.from(framed(CLOCK, ticks)).pipeTo(sink.lane({ name: "clock" }).toWeb()),
]).then(() => connection.end());

const bodies = new Map([FILE, CLOCK].map((lane) => [lane, ""]));
for await (const { lane, body } of frames(connection)) bodies.set(lane, `${bodies.get(lane) ?? ""}${body.toString()}`);
await sent;
console.log(bodies.get(CLOCK)); // prints tick tock
console.log(bodies.get(FILE)?.split("\n").at(0)); // prints import { createReadStream } from "node:fs";
