// The migration reads the port from its environment and connects to this process, which stands still until it has ended.
// Ends: blocked
const { spawnSync } = require("node:child_process");
const http = require("node:http");

const migration = 'fetch("http://127.0.0.1:" + process.env.SCHEMA_PORT).then((response) => response.text())';
const schemas = http.createServer((request, response) => response.end("[]"));
schemas.listen(0, "127.0.0.1", () => {
  const { port } = schemas.address();
  const env = { ...process.env, SCHEMA_PORT: String(port) };
  spawnSync(process.execPath, ["-e", migration], { env, stdio: "ignore" }); // starves
  schemas.close();
});
