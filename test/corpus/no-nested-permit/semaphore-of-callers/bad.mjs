// Each upload keeps its permit while it waits for one for its thumbnail.
// Ends: exit 13
import { Sema } from "async-sema";

const uploads = new Sema(2);
const stored = [];

async function store(name) {
  await uploads.acquire();
  try {
    stored.push(name);
  } finally {
    uploads.release();
  }
}

async function upload(name) {
  await uploads.acquire();
  try {
    await Promise.resolve();
    await store(`${name}.small`); // starves
  } finally {
    uploads.release();
  }
}

await store("index");
await Promise.all(["a", "b"].map(upload)); // waits
