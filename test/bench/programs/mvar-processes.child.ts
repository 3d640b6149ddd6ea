// The other process: sends back what it gets.
import { connect } from "node:net";
import process from "node:process";
import { openMVar } from "tailrace/processes";

const [, , way = "", first = "", second = ""] = process.argv;

if (way === "ipc") process.on("message", (item: number) => process.send?.(item));
else if (way === "socket") {
  const socket = connect(first);
  socket.on("error", () => undefined).pipe(socket);
} else {
  await using ping = await openMVar<number>(first);
  await using pong = await openMVar<number>(second);
  if (way === "ahead") {
    for (let item = await ping.take(); item >= 0;) {
      const next = ping.take();
      await pong.put(item);
      item = await next;
    }
  } else for (let item = await ping.take(); item >= 0; item = await ping.take()) await pong.put(item);
}
