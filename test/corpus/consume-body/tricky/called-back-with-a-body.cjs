// The pool calls back, and the function reads the body; what the call returns is nothing.
const assert = require("node:assert/strict");
const http = require("node:http");
const { Pool } = require("undici");

const server = http.createServer((_request, response) => response.end("called ".repeat(20_000)));
server.listen(0, "127.0.0.1", () => {
  const pool = new Pool(`http://127.0.0.1:${String(server.address().port)}`, { connections: 1 });
  const ask = (left) => {
    if (left === 0) {
      pool.close(() => server.close());
      return;
    }
    pool.request({ path: "/", method: "GET" }, (error, { body }) => {
      assert.equal(error, null);
      body.resume().on("end", () => ask(left - 1));
    });
  };
  ask(3);
});
