// The timer is kept in a field and cleared at the headers; the array buffer is waited for without a deadline.
// Ends: hang
const { once } = require("node:events");
const { createServer } = require("node:http");

class Download {
  async run(target) {
    const controller = new AbortController();
    this.timer = setTimeout(controller.abort.bind(controller), 600);
    const response = await fetch(target, { signal: controller.signal });
    clearTimeout(this.timer); // starves
    return Buffer.from(await response.arrayBuffer());
  }
}

const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");

async function main() {
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}/`;
  await new Download().run(url); // waits
}

main();
