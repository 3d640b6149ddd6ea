// The callback gets the error, and no timer is set any more.
const assert = require("node:assert");
const deployment = { phase: "uploading" };

function deploy() {
  setTimeout(function () { deployment.phase = "error"; }, 10);
}

function whenLive(callback) {
  function check() {
    if (deployment.phase === "live") {
      callback(null, deployment);
      return;
    }
    if (deployment.phase === "error") {
      callback(new Error("not deployed"));
      return;
    }
    setTimeout(check, 5);
  }
  check();
}

deploy();
whenLive((error) => assert.match(error.message, /not deployed/));
