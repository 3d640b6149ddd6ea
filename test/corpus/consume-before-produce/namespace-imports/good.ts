// The consumer at the end of the two streams is called before the loop.
import * as consumers from "node:stream/consumers";
import * as web from "node:stream/web";

const listed = new web.TransformStream<string, string>({
  transform: (line, controller) => controller.enqueue(`- ${line}\n`),
});
const encoder = new web.TextEncoderStream();
const piping = listed.readable.pipeTo(encoder.writable);
const received = consumers.text(encoder.readable);

const out = listed.writable.getWriter();
await out.ready;
for (const line of ["inlet", "race", "outlet"]) await out.write(line);
await out.close();

const text = await received;
await piping;
if (text !== "- inlet\n- race\n- outlet\n") throw new Error(text);
