import { channel } from "tailrace";
import { expect, test } from "vitest";

test("a reply comes", async () => {
  const replies = channel<string>({ name: "replies" });
  await expect(replies.receive()).toProgress({ within: 20 });
});
