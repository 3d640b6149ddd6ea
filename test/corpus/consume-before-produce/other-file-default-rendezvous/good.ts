// Who takes is there before who puts.
import makeSlot from "./helper.ts";

const slot = makeSlot<string>();
const taking = slot.take();
await slot.put("parcel");
const item = await taking;
if (item !== "parcel") throw new Error(item);
