// A timer calls the function again until the deployment is "live"; it was rolled back with an error.
// Ends: hang
// cf. traceloop/openllmetry-js#11
const deployment = { phase: "uploading" };

function deploy() {
  setTimeout(function () { deployment.phase = "error"; }, 10);
}

function whenLive(callback) {
  function check() {
    if (deployment.phase === "live") {
      callback(deployment);
      return;
    }
    setTimeout(check, 5); // starves
  }
  check();
}

async function main() {
  deploy();
  await new Promise((resolve) => whenLive(resolve)); // waits
}

main();
