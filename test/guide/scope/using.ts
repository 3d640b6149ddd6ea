import { setTimeout as sleep } from "node:timers/promises";
import { openScope } from "tailrace";

async function mirror(items: AsyncIterable<string>): Promise<void> {
  await using s = openScope({ name: "mirror" });
  try {
    for await (const item of items) {
      s.spawn(async () => {
        console.log(await sleep(5, item));
      });
    }
  } catch (error) {
    s.abort(error); // without this, the tasks would be waited for
    throw error;
  }
} // waits for all tasks, and throws what has failed

async function* list(): AsyncGenerator<string> {
  yield "north";
  yield "south";
}

await mirror(list());
console.log("done");
// prints north
// prints south
// prints done
