// Each turn takes the next piece of a source, which ends: nothing is looked at twice.
import assert from "node:assert";
import { createServer } from "node:http";
import { once } from "node:events";

async function* pieces() {
  yield "one ";
  yield "two";
}

const server = createServer((_request, response) => {
  const source = pieces();
  const sendNext = async () => {
    const { value, done } = await source.next();
    if (done) {
      response.end();
      return;
    }
    response.write(value);
    setTimeout(sendNext, 2);
  };
  sendNext();
}).listen(0, "127.0.0.1");
await once(server, "listening");

const response = await fetch(`http://127.0.0.1:${server.address().port}/`);
assert.equal(await response.text(), "one two");
server.closeAllConnections();
server.close();
