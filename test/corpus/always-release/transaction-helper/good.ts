// The session ends with the helper, however the work went.
import { createPool } from "generic-pool";

interface Session {
  commands: string[];
}
const sessions = createPool<Session>({ create: async () => ({ commands: [] }), destroy: async () => undefined }, { max: 2 });

const withTransaction = async <Result>(work: (session: Session) => Promise<Result>): Promise<Result> => {
  const session = await sessions.acquire();
  try {
    session.commands.push("start");
    const result = await work(session);
    session.commands.push("commit");
    return result;
  } finally {
    await sessions.release(session);
  }
};

const fail = async (session: Session): Promise<never> => {
  throw new Error(session.commands.join());
};
await withTransaction(fail).catch(() => undefined);
await withTransaction(fail).catch(() => undefined);
if ((await withTransaction(async ({ commands }) => commands.length)) === 0) throw new Error("not started");
