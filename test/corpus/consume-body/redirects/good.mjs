// The redirecting response is let through, then its target is asked for.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const server = http.createServer((request, response) => {
  if (request.url === "/old") response.writeHead(302, { location: "/new" });
  response.end(request.url === "/old" ? "<a href='/new'>moved</a>" : "here");
});
server.listen(0, "127.0.0.1");
await once(server, "listening");

function download(url, done) {
  const client = url.protocol === "https:" ? https : http;
  const request = client.get(url, { agent }, (response) => {
    const { statusCode, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location) {
      response.resume();
      download(new URL(headers.location, url), done);
      return;
    }
    done(null, text(response));
  });
  request.on("error", done);
}

const start = new URL(`http://127.0.0.1:${server.address().port}/old`);
const content = await promisify(download)(start);
assert.equal(content, "here");
agent.destroy();
server.close();
