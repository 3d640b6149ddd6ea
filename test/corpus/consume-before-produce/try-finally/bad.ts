// Careful about closing on every path, and still: the write in the try block never returns, so finally never runs.
// Ends: exit 13
async function exportUsers(users: AsyncIterable<{ name: string }>): Promise<string[]> {
  const lines = new TransformStream<string, string>();
  const writer = lines.writable.getWriter();
  try {
    for await (const user of users) {
      await writer.write(JSON.stringify(user)); // starves
    }
  } catch (error) {
    await writer.abort(error);
    throw error;
  } finally {
    void writer.close().catch(() => undefined);
  }
  return await Array.fromAsync(lines.readable);
}

async function* users(): AsyncGenerator<{ name: string }> {
  yield { name: "Ada" };
  yield { name: "Grace" };
}
const lines = await exportUsers(users());
if (lines.join() !== '{"name":"Ada"},{"name":"Grace"}') throw new Error(lines.join());
