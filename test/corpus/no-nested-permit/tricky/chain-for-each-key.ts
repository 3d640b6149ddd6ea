// There is a chain for each account, and the two are different ones.
const chains = new Map<string, Promise<unknown>>();

function locked<T>(account: string, work: () => Promise<T>): Promise<T> {
  const run = (chains.get(account) ?? Promise.resolve()).then(work);
  chains.set(
    account,
    run.catch(() => undefined),
  );
  return run;
}

const moved = await locked("north", () => locked("south", async () => 5));
if (moved !== 5) throw new Error(`${moved}`);
