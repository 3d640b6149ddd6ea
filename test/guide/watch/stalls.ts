import { setTimeout as sleep } from "node:timers/promises";
import { channel, scope } from "tailrace";
import { watch } from "tailrace/watch";

watch({ stallAfter: 300 }); // 10 s if nothing is said

async function play(): Promise<void> {
  const ping = channel<string>({ name: "ping" });
  const pong = channel<string>({ name: "pong" });
  await scope(
    (s) => {
      s.spawn(async function one() {
        await ping.send("from one");
        await pong.receive();
      });
      s.spawn(async function two() {
        await pong.send("from two");
        await ping.receive();
      });
    },
    { name: "game" },
  );
}

void play();
await sleep(2000); // a server would go on

// tells tailrace: deadlock: these 3 operations can never end, because nothing that still runs can reach them:
// tells leave on scope "game" (running: "one", "two") has waited 0.3 s for its tasks to end
// tells   at play (file:///app/stalls.ts:10:9)
// tells   task "one": send on channel "ping" (capacity 0, rendezvous) has waited 0.3 s for a receiver; nobody is receiving
// tells     at one (file:///app/stalls.ts:13:20)
// tells   task "two": send on channel "pong" (capacity 0, rendezvous) has waited 0.3 s for a receiver; nobody is receiving
// tells     at two (file:///app/stalls.ts:17:20)
// ends with code 70
