// The migration is started, and its end is an event.
const assert = require("node:assert");
const { spawn } = require("node:child_process");
const http = require("node:http");

const migration = 'fetch("http://127.0.0.1:" + process.env.SCHEMA_PORT).then((response) => response.text())';
const schemas = http.createServer((request, response) => response.end("[]"));
schemas.listen(0, "127.0.0.1", () => {
  const { port } = schemas.address();
  const env = { ...process.env, SCHEMA_PORT: String(port) };
  spawn(process.execPath, ["-e", migration], { env, stdio: "ignore" }).once("exit", (code) => {
    assert.equal(code, 0);
    schemas.close();
    schemas.closeAllConnections();
  });
});
