// The process ends with the answer: nobody needs the connection any more.
const http = require("node:http");

const server = http.createServer((_request, response) => response.end("healthy"));
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  const request = http.get({ host: "127.0.0.1", port, path: "/health" }, (response) => {
    process.exit(response.statusCode === 200 ? 0 : 1);
  });
  request.on("error", () => process.exit(1));
});
