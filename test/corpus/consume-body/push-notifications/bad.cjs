// A delivered notification is answered with a body that nobody reads: after as many as there are sockets, nothing is sent.
// Ends: hang
// cf. jeffwilcox/mpns#21
const assert = require("node:assert/strict");
const http = require("node:http");
const { promisify } = require("node:util");

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

class Notification {
  constructor(text) {
    this.text = text;
  }

  send(port, callback) {
    const request = http.request({ host: "127.0.0.1", port, agent, method: "POST" }, (response) => {
      if (response.statusCode === 200) {
        callback(null, response.headers["x-status"]); // starves
      } else {
        let reason = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => (reason += chunk));
        response.on("end", () => callback(new Error(reason)));
      }
    });
    request.on("error", callback);
    request.end(this.text);
  }
}

const server = http.createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, { "x-status": "received" });
    response.end("delivered");
  });
});

async function main() {
  for (const text of ["first", "second"]) {
    const notification = new Notification(text);
    const send = promisify(notification.send.bind(notification));
    const status = await send(server.address().port); // waits
    assert.equal(status, "received");
  }
  agent.destroy();
  server.close();
}

server.listen(0, "127.0.0.1", main);
