// A file stream emits "open" and "ready" in one breath; between the awaits there is no time for the second.
// Ends: exit 13
import { once } from "node:events";
import { createReadStream } from "node:fs";

const file = createReadStream(new URL(import.meta.url));
await once(file, "open");
await once(file, "ready"); // starves
file.destroy();
