// The dump runs while the tunnel forwards.
import assert from "node:assert";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { promisify } from "node:util";

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
const { stdout } = await promisify(execFile)(process.execPath, ["-e", dump, `${localPort}`]);
assert.equal(stdout, "rows");
tunnel.close();
database.close();
