// The callback that releases us sits in an object that a factory returns and a store keeps and calls.
const stores = new Map<string, { begin(): Promise<{ query(): Promise<void> }> }>();

function traced(after: () => void) {
  return {
    begin: async () => ({
      query: async () => {
        await Promise.resolve();
        after();
      },
    }),
  };
}

async function runAll(names: Iterable<string>): Promise<void> {
  for (const name of names) await (await stores.get(name)!.begin()).query();
}

const queried = Promise.withResolvers<void>();
stores.set("main", traced(() => queried.resolve()));
const running = Reflect.apply(runAll, undefined, [["main"]]);
await queried.promise;
await running;
queried.resolve();
