// This helper reads while its callback writes.
import { captured } from "./helper.ts";

const page = await captured(async (target) => {
  const writer = target.getWriter();
  await writer.write("<p>");
  await writer.close();
});
if (page !== "<p>") throw new Error(page);
