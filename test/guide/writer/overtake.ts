import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { writeScheduler } from "tailrace";
import { frame, frames } from "./frames/frames.ts";

const FILES = 1;
const CHAT = 2;

const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");
const accepted = once(server, "connection") as Promise<[Socket]>;
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
const [peer] = await accepted;

// #region lanes
const scheduler = writeScheduler();
const connection = scheduler.sink(socket, { name: "peer" });
const files = connection.lane({ name: "files" });
const chat = connection.lane({ name: "chat" });

async function upload(): Promise<void> {
  const part = new Uint8Array(16_000);
  for (let parts = 0; parts < 500; parts++) await files.send(frame(FILES, part)); // waits while there is no room
}

const uploaded = upload();
await chat.send(frame(CHAT, "hello"));
// #endregion

const received = (async () => {
  let parts = 0;
  for await (const { lane, body } of frames(peer)) {
    if (lane === FILES) parts++;
    else console.log(`${body.toString()} came before most of the file: ${parts < 10}`);
  }
  return parts;
})();

await uploaded;
await connection.close(); // all is written
socket.end(); // the socket is ours
console.log(`${await received} parts`);
server.close();
// prints hello came before most of the file: true
// prints 500 parts
