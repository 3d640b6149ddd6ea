// A rendezvous from another file: put() settles when somebody takes, and taking comes after it.
// Ends: exit 13
// Needs types: the rendezvous is made in another file.
import makeSlot from "./helper.ts";

const slot = makeSlot<string>();
await slot.put("parcel"); // starves
const item = await slot.take();
if (item !== "parcel") throw new Error(item);
