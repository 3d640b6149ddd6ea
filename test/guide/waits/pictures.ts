import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { channel, scope } from "tailrace";
import { html, mermaid } from "tailrace/report";
import "tailrace/watch"; // follows tasks, which older versions of Node do not for nothing

const replies = channel<string>({ name: "replies" });

await scope(async (s) => {
  for (const host of ["north", "south"]) s.spawn(() => replies.send("done"), { name: host });
  console.log(mermaid());
  await writeFile(join(tmpdir(), "waits.html"), html());
  for (let n = 0; n < 2; n += 1) await replies.receive();
});
// prints flowchart LR
// prints   accTitle: Wait graph
// prints   accDescr: 2 operations wait, the longest for 0.0 s. Running: 1 scope and 2 tasks.
// prints   n0("task #34;north#34;")
// prints   n1["channel #34;replies#34;<br/>capacity 0, rendezvous"]
// prints   n2("task #34;south#34;")
// prints   n0 -->|"send, 0.0 s"| n1
// prints   n2 -->|"send, 0.0 s"| n1
