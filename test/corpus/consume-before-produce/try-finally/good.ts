// The lines are collected from before the try block on.
async function exportUsers(users: AsyncIterable<{ name: string }>): Promise<string[]> {
  const lines = new TransformStream<string, string>();
  const collected = Array.fromAsync(lines.readable);
  const writer = lines.writable.getWriter();
  try {
    for await (const user of users) {
      await writer.write(JSON.stringify(user));
    }
  } catch (error) {
    await writer.abort(error);
    throw error;
  } finally {
    void writer.close().catch(() => undefined);
  }
  return await collected;
}

async function* users(): AsyncGenerator<{ name: string }> {
  yield { name: "Ada" };
  yield { name: "Grace" };
}
const lines = await exportUsers(users());
if (lines.join() !== '{"name":"Ada"},{"name":"Grace"}') throw new Error(lines.join());
