// The tunnel forwards what it receives, but nothing is forwarded while its own thread waits for the dump at its other end.
// Ends: blocked
// cf. agebrock/tunnel-ssh#44
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";

const database = createServer((socket) => socket.end("rows")).listen(0, "127.0.0.1");
await once(database, "listening");

async function openTunnel(target) {
  const tunnel = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    near.pipe(far).pipe(near);
  });
  tunnel.listen(0, "127.0.0.1");
  await once(tunnel, "listening");
  return { tunnel, localPort: tunnel.address().port };
}

const { tunnel, localPort } = await openTunnel(database.address().port);
const dump = 'require("net").connect(Number(process.argv[1]), "127.0.0.1").pipe(process.stdout)';
execFileSync(process.execPath, ["-e", dump, `${localPort}`]); // starves
tunnel.close();
database.close();
