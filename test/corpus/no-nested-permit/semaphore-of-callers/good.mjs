// The permit is for the upload's own work, and goes back before the thumbnail asks for its own.
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
  } finally {
    uploads.release();
  }
  await store(`${name}.small`);
}

await store("index");
await Promise.all(["a", "b"].map(upload));
if (stored.length !== 3) throw new Error(stored.join());
