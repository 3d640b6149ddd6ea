/** A lane of its own for each host. */
export const openLane = (host: string) => {
  const { writable, readable } = new TransformStream<string, string>();
  return { host, writer: writable.getWriter(), readable };
};

export const lanes = {
  async upload({ host, readable }: { host: string; readable: ReadableStream<string> }): Promise<string> {
    let sent = `${host}:`;
    for await (const row of readable) sent += row;
    return sent;
  },
};
