// The field is cleared when the bytes are there.
const { once } = require("node:events");
const { createServer } = require("node:http");

class Download {
  async run(target) {
    const controller = new AbortController();
    this.timer = setTimeout(controller.abort.bind(controller), 600);
    try {
      const response = await fetch(target, { signal: controller.signal });
      return Buffer.from(await response.arrayBuffer());
    } finally {
      clearTimeout(this.timer);
    }
  }
}

const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");

async function main() {
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}/`;
  const outcome = await new Download().run(url).catch((error) => error.name);
  server.closeAllConnections();
  server.close();
  if (outcome !== "AbortError") throw new Error(String(outcome));
}

main();
