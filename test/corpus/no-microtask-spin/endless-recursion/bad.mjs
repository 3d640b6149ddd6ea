// The heartbeat calls itself before the event loop goes on, each time, and the server beside it never answers.
// Ends: blocked
import { createServer } from "node:http";

let beats = 0;
const server = createServer((_request, response) => response.end(String(beats)));
server.listen(0, "127.0.0.1", async () => {
  const response = await fetch(`http://127.0.0.1:${server.address().port}/`);
  process.exitCode = Number(await response.text()) > 0 ? 0 : 1;
  process.exit();
});

const beat = () => {
  beats += 1;
  process.nextTick(beat); // starves
};
beat();
