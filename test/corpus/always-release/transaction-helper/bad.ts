// The helper ends its session only when the work went well: each failure keeps one, and in the end all are taken.
// Ends: exit 13
// cf. Automattic/mongoose#11256
import { createPool } from "generic-pool";

interface Session {
  commands: string[];
}
const sessions = createPool<Session>({ create: async () => ({ commands: [] }), destroy: async () => undefined }, { max: 2 });

const withTransaction = async <Result>(work: (session: Session) => Promise<Result>): Promise<Result> => {
  const session = await sessions.acquire(); // starves
  session.commands.push("start");
  const result = await work(session);
  session.commands.push("commit");
  await sessions.release(session);
  return result;
};

const fail = async (session: Session): Promise<never> => {
  throw new Error(session.commands.join());
};
await withTransaction(fail).catch(() => undefined);
await withTransaction(fail).catch(() => undefined);
await withTransaction(async ({ commands }) => commands.length);
