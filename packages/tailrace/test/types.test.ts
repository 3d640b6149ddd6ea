// What the compiler infers, and what it refuses. Nothing here is called: `tsc` holds the file to what it says.
import { Writable } from "node:stream";
import {
  after,
  all,
  allSettled,
  any,
  broadcast,
  channel,
  drive,
  EMPTY,
  fanIn,
  fanOut,
  limit,
  limitFunction,
  mapConcurrent,
  openScope,
  race,
  rate,
  receiveFrom,
  scope,
  select,
  sendTo,
  splitBy,
} from "tailrace";
import type {
  Broadcast,
  Case,
  Channel,
  Driven,
  FanOut,
  Limit,
  LimitedCall,
  Mapped,
  MapTask,
  Merged,
  OpenScope,
  Rate,
  Scope,
  Sender,
  SinkReport,
  SourceReport,
  StartContext,
  Subscription,
  Task,
  TaskContext,
  WriteSink,
} from "tailrace";
import { describe, expectTypeOf, test } from "vitest";

interface Order {
  readonly id: number;
  readonly customer: string;
}

declare const orders: AsyncIterable<Order>;
declare const lines: AsyncIterable<string>;
declare const connection: WriteSink<Order>;

const takeOrders = async (items: AsyncIterable<Order>): Promise<number> => {
  let sum = 0;
  for await (const { id } of items) sum += id;
  return sum;
};
const takeText = async (items: AsyncIterable<string>): Promise<string> => {
  let text = "";
  for await (const line of items) text += line;
  return text;
};

/** What is in here is compiled, and not run. */
function only(compiled: () => unknown): void {
  expectTypeOf(compiled).toBeFunction(); // to call it would be to wait for ever
}

describe("channels", () => {
  test("a channel is of the items that it is made for", () => {
    only(async () => {
      const jobs = channel<Order>({ capacity: 4 });
      expectTypeOf(jobs).toEqualTypeOf<Channel<Order>>();
      expectTypeOf(await jobs.receive()).toEqualTypeOf<Order>();
      expectTypeOf(jobs.tryReceive()).toEqualTypeOf<Order | typeof EMPTY>();
      const got = jobs.tryReceive();
      if (got !== EMPTY) expectTypeOf(got).toEqualTypeOf<Order>();
      expectTypeOf(jobs.send({ id: 1, customer: "a" })).toEqualTypeOf<Promise<void>>();
      expectTypeOf(jobs.trySend({ id: 2, customer: "b" })).toEqualTypeOf<boolean>();
      for await (const job of jobs) expectTypeOf(job).toEqualTypeOf<Order>();
      for await (const job of jobs.values({ timeout: 5 })) expectTypeOf(job).toEqualTypeOf<Order>();
      for await (const batch of jobs.batches({ max: 3 })) expectTypeOf(batch).toEqualTypeOf<Order[]>();
    });
  });

  test("its senders too", () => {
    only(() => {
      const sender = channel<Order>().sender();
      expectTypeOf(sender).toEqualTypeOf<Sender<Order>>();
      expectTypeOf(sender.clone()).toEqualTypeOf<Sender<Order>>();
      expectTypeOf(sender).toExtend<Disposable>();
      // @ts-expect-error -- a text is no order
      void sender.send("order");
    });
  });

  test("other items, policies and options are refused", () => {
    only(() => {
      const jobs = channel<Order>();
      // @ts-expect-error -- a number is no order
      void jobs.send(1);
      // @ts-expect-error -- nor is half of one
      jobs.trySend({ id: 1 });
      // @ts-expect-error -- there is no such policy
      channel<Order>({ overflow: "drop" });
      // @ts-expect-error -- nor is there such an option
      channel<Order>({ size: 1 });
      // @ts-expect-error -- a time is a number
      void jobs.receive({ timeout: "5 s" });
      // @ts-expect-error -- a controller is not its signal
      void jobs.receive({ signal: new AbortController() });
    });
  });
});

describe("select", () => {
  test("the index says which value it is", () => {
    only(async () => {
      const [jobs, stop] = [channel<Order>(), channel<Error>()];
      const chosen = await select([
        receiveFrom(jobs),
        receiveFrom(stop),
        sendTo(jobs, { id: 1, customer: "a" }),
        after(5),
      ]);
      expectTypeOf(chosen.index).toEqualTypeOf<0 | 1 | 2 | 3>();
      if (chosen.index === 0) expectTypeOf(chosen.value).toEqualTypeOf<Order>();
      if (chosen.index === 1) expectTypeOf(chosen.value).toEqualTypeOf<Error>();
      if (chosen.index === 2 || chosen.index === 3) expectTypeOf(chosen.value).toBeVoid();
    });
  });

  test("a list of unknown length gives a number and any of the values", () => {
    only(async () => {
      const cases = [channel<Order>(), channel<Order>()].map((ch) => receiveFrom(ch));
      expectTypeOf(cases).toEqualTypeOf<Case<Order>[]>();
      const chosen = await select(cases, { timeout: 5 });
      expectTypeOf(chosen).toEqualTypeOf<{ readonly index: number; readonly value: Order }>();
    });
  });

  test("cases are typed by their channels, subscriptions and senders", () => {
    only(() => {
      expectTypeOf(receiveFrom(broadcast<Order>().subscribe())).toEqualTypeOf<Case<Order>>();
      expectTypeOf(sendTo(channel<string>().sender(), "a")).toEqualTypeOf<Case<void>>();
      expectTypeOf(after(5)).toEqualTypeOf<Case<void>>();
      // @ts-expect-error -- a channel of texts takes no number
      sendTo(channel<string>(), 1);
      // @ts-expect-error -- from a sender nothing can be received
      receiveFrom(channel<string>().sender());
      // @ts-expect-error -- a channel is not a case
      void select([channel<string>()]);
      // @ts-expect-error -- a broadcast has subscribers, not receivers
      receiveFrom(broadcast<string>());
    });
  });
});

test("a broadcast and its subscriptions", () => {
  only(async () => {
    const prices = broadcast<number>({ audience: 2 });
    expectTypeOf(prices).toEqualTypeOf<Broadcast<number>>();
    const listener = prices.subscribe({ slow: { evictAfter: 5 } });
    expectTypeOf(listener).toEqualTypeOf<Subscription<number>>();
    expectTypeOf(await listener.receive()).toEqualTypeOf<number>();
    for await (const price of listener) expectTypeOf(price).toEqualTypeOf<number>();
    for await (const some of listener.batches()) expectTypeOf(some).toEqualTypeOf<number[]>();
    // @ts-expect-error -- a text is no number
    void prices.send("1");
    // @ts-expect-error -- a subscriber does not send
    expectTypeOf(listener).toExtend<Sender<number>>();
    // @ts-expect-error -- there is no such policy
    prices.subscribe({ slow: "evict" });
  });
});

describe("fanOut", () => {
  test("a list gives a tuple, whatever kinds of sinks are in it", () => {
    only(() => {
      const done = fanOut(orders, [
        takeOrders,
        (items, task) => {
          expectTypeOf(items).toEqualTypeOf<AsyncIterable<Order>>();
          expectTypeOf(task).toEqualTypeOf<TaskContext>();
          return items[Symbol.asyncIterator]().next();
        },
        new Writable(),
        new WritableStream<Order>(),
        connection.lane(),
        { run: takeOrders, slow: "drop-oldest" },
        { run: takeOrders, slow: { evictAfter: 5 } },
      ]);
      expectTypeOf(done).toEqualTypeOf<
        FanOut<[number, IteratorResult<Order>, undefined, undefined, undefined, number, number | undefined]>
      >();
      expectTypeOf(done.sinks).toEqualTypeOf<readonly SinkReport[]>();
      // @ts-expect-error -- the lane is for orders, and not for lines
      void fanOut(lines, [connection.lane()]);
    });
  });

  test("a record gives a record", () => {
    only(() => {
      const done = fanOut(orders, { sum: takeOrders, disk: { run: new Writable() }, name: () => "sync" });
      expectTypeOf(done).resolves.toEqualTypeOf<{ sum: number; disk: undefined; name: string }>();
    });
  });

  test("a list of unknown length gives an array", () => {
    only(() => {
      const done = fanOut(
        orders,
        ["a", "b"].map((host) => async (items: AsyncIterable<Order>) => `${host}${String(await takeOrders(items))}`),
      );
      expectTypeOf(done).resolves.toEqualTypeOf<string[]>();
    });
  });

  test("with zip, the sinks get the parts", () => {
    only(() => {
      const shards = channel<[Order, Order]>();
      const done = fanOut(
        shards,
        [
          takeOrders,
          (items) => {
            expectTypeOf(items).toEqualTypeOf<AsyncIterable<Order>>();
            return "done" as const;
          },
        ],
        { route: "zip" },
      );
      expectTypeOf(done).resolves.toEqualTypeOf<[number, "done"]>();
      // @ts-expect-error -- the parts are orders, and not arrays of them
      void fanOut(shards, [(items: AsyncIterable<Order[]>) => items], { route: "zip" });
    });
  });

  test("a route is given the items, and names sinks", () => {
    only(() => {
      const done = fanOut(
        orders,
        { even: takeOrders, odd: takeOrders },
        {
          route: (item, index, sinks) => {
            expectTypeOf(item).toEqualTypeOf<Order>();
            expectTypeOf([index, sinks]).toEqualTypeOf<number[]>();
            return item.id % 2 === 0 ? "even" : ["odd"];
          },
        },
      );
      expectTypeOf(done).resolves.toEqualTypeOf<{ even: number; odd: number }>();
      void fanOut(orders, [takeOrders, takeOrders], { route: splitBy((order) => order.customer) });
      // @ts-expect-error -- a route gives names or places
      void fanOut(orders, [takeOrders], { route: () => true });
      // @ts-expect-error -- there is no such route
      void fanOut(orders, [takeOrders], { route: "round-robin" });
    });
  });

  test("sources of every kind", () => {
    only(() => {
      void fanOut(new ReadableStream<Order>(), [
        (items) => {
          expectTypeOf(items).toEqualTypeOf<AsyncIterable<Order>>();
        },
      ]);
      expectTypeOf(fanOut(channel<Order>(), [takeOrders])).resolves.toEqualTypeOf<[number]>();
      expectTypeOf(fanOut(new Set<Order>(), [takeOrders])).resolves.toEqualTypeOf<[number]>();
      expectTypeOf(fanOut(new ReadableStream<Order>(), [takeOrders])).resolves.toEqualTypeOf<[number]>();
      expectTypeOf(fanOut(broadcast<Order>().subscribe(), [takeOrders])).resolves.toEqualTypeOf<[number]>();
      expectTypeOf(fanOut("text", [takeText])).resolves.toEqualTypeOf<[string]>();
    });
  });

  test("sinks for other items are refused", () => {
    only(() => {
      // @ts-expect-error -- they are orders, and not texts
      void fanOut(orders, [takeText]);
      // @ts-expect-error -- in a record as well
      void fanOut(orders, { text: takeText });
      // @ts-expect-error -- and with settings of its own
      void fanOut(orders, [{ run: takeText, slow: "latest" }]);
      // @ts-expect-error -- a stream of texts is none of orders
      void fanOut(orders, [new WritableStream<string>()]);
      // @ts-expect-error -- an order is no source
      void fanOut({ id: 1, customer: "a" }, [takeOrders]);
      // @ts-expect-error -- sinks are functions or streams
      void fanOut(orders, ["console"]);
      // @ts-expect-error -- there is no such way to end
      void fanOut(orders, [takeOrders], { onExit: "ignore" });
    });
  });
});

describe("fanIn", () => {
  test("of a list come the items of any of them", () => {
    only(async () => {
      const merged = fanIn([orders, lines, [1, 2]]);
      expectTypeOf(merged).toEqualTypeOf<Merged<Order | string | number>>();
      expectTypeOf(merged.sources).toEqualTypeOf<readonly SourceReport[]>();
      for await (const item of merged) expectTypeOf(item).toEqualTypeOf<Order | string | number>();
      expectTypeOf(
        fanIn([channel<Order>(), { from: new ReadableStream<string>(), onError: "end" as const }]),
      ).toEqualTypeOf<Merged<Order | string>>();
      expectTypeOf(fanIn([new ReadableStream<Order>(), broadcast<string>().subscribe()])).toEqualTypeOf<
        Merged<Order | string>
      >();
      expectTypeOf(fanIn(["a", "b"].map(() => channel<Order>()))).toEqualTypeOf<Merged<Order>>();
    });
  });

  test("of a record they come with their key, which tells their type", () => {
    only(async () => {
      for await (const entry of fanIn({ orders, lines: { from: lines, name: "log" } })) {
        expectTypeOf(entry).toEqualTypeOf<readonly ["orders", Order] | readonly ["lines", string]>();
        if (entry[0] === "orders") expectTypeOf(entry[1]).toEqualTypeOf<Order>();
        else expectTypeOf(entry[1]).toEqualTypeOf<string>();
      }
    });
  });

  test("what items cannot be read from is refused", () => {
    only(() => {
      // @ts-expect-error -- a number has no items
      fanIn([orders, 5]);
      // @ts-expect-error -- a failure fails all, or ends one
      fanIn({ orders: { from: orders, onError: "ignore" } });
      // @ts-expect-error -- one source alone is not a list of them
      fanIn(orders);
    });
  });
});

describe("drive", () => {
  const load = (): Promise<Order> => Promise.resolve({ id: 1, customer: "a" });

  test("one job gives a promise", () => {
    only(() => {
      expectTypeOf(drive(load)).toEqualTypeOf<Promise<Order>>();
      expectTypeOf(drive(load())).toEqualTypeOf<Promise<Order>>();
      const lazy = {} as PromiseLike<Order>;
      expectTypeOf(drive(lazy)).toEqualTypeOf<Promise<Order>>();
    });
  });

  test("an async iterable gives its items", () => {
    only(async () => {
      const driven = drive(orders, { name: "orders" });
      expectTypeOf(driven).toEqualTypeOf<Driven<Order>>();
      expectTypeOf(await driven).toEqualTypeOf<Order[]>();
      for await (const order of driven) expectTypeOf(order).toEqualTypeOf<Order>();
      expectTypeOf(drive(channel<Order>())).toEqualTypeOf<Driven<Order>>();
    });
  });

  test("a tuple of jobs gives a tuple of results", () => {
    only(async () => {
      const driven = drive([load, load(), orders, () => lines, 5]);
      expectTypeOf(await driven).toEqualTypeOf<[Order, Order, Order[], string[], 5]>();
      for await (const result of driven) expectTypeOf(result).toEqualTypeOf<Order | Order[] | string[] | 5>();
    });
  });

  test("an array or any other iterable of jobs gives an array", () => {
    only(async () => {
      expectTypeOf(await drive([1, 2].map(() => load))).toEqualTypeOf<Order[]>();
      expectTypeOf(await drive(new Set([load()]))).toEqualTypeOf<Order[]>();
      expectTypeOf(await drive([channel<string>(), channel<string>()].map((ch) => ch.values()))).toEqualTypeOf<
        string[][]
      >();
    });
  });

  test("what cannot be driven is refused", () => {
    only(() => {
      // @ts-expect-error -- a number does not run
      void drive(5);
      // @ts-expect-error -- nor does an object
      void drive({ load });
      // @ts-expect-error -- a name is a text
      void drive(load, { name: 5 });
    });
  });
});

describe("mapConcurrent", () => {
  const ship = (order: Order, task: MapTask): Promise<string> => Promise.resolve(order.customer + String(task.index));

  test("awaited it gives an array, iterated over the results one by one", () => {
    only(async () => {
      const mapped = mapConcurrent(orders, ship, { concurrency: 4 });
      expectTypeOf(mapped).toEqualTypeOf<Mapped<string>>();
      expectTypeOf(await mapped).toEqualTypeOf<string[]>();
      for await (const result of mapped) expectTypeOf(result).toEqualTypeOf<string>();
    });
  });

  test("the function may be sync or async, and is given the item and its task", () => {
    only(() => {
      const mapped = mapConcurrent(
        new Map<string, Order>(),
        (entry, { index, signal }) => {
          expectTypeOf(entry).toEqualTypeOf<[string, Order]>();
          expectTypeOf(index).toEqualTypeOf<number>();
          expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
          return index > 0 ? entry[1] : Promise.resolve(null);
        },
        { concurrency: Infinity, ordered: false, buffer: 0 },
      );
      expectTypeOf(mapped).toEqualTypeOf<Mapped<Order | null>>();
    });
  });

  test("it reads whatever items can be read from", () => {
    only(() => {
      const one = { concurrency: 1 };
      expectTypeOf(mapConcurrent(new ReadableStream<Order>(), (order) => order, one)).toEqualTypeOf<Mapped<Order>>();
      expectTypeOf(mapConcurrent(channel<Order>(), (order) => order, one)).toEqualTypeOf<Mapped<Order>>();
      expectTypeOf(mapConcurrent("text", (letter) => letter, one)).toEqualTypeOf<Mapped<string>>();
      expectTypeOf(mapConcurrent(fanIn([orders]), (order) => order, one)).toEqualTypeOf<Mapped<Order>>();
    });
  });

  test("without a concurrency, or with a function for other items, it is refused", () => {
    only(() => {
      // @ts-expect-error -- how many at a time has to be said
      mapConcurrent(orders, ship);
      // @ts-expect-error -- in the options as well
      mapConcurrent(orders, ship, { ordered: true });
      // @ts-expect-error -- the items are texts
      mapConcurrent(lines, ship, { concurrency: 4 });
      // @ts-expect-error -- a promise is not a source
      mapConcurrent(Promise.resolve([1]), (n: number) => n, { concurrency: 4 });
    });
  });
});

test("splitBy is a route for the items of its key", () => {
  only(() => {
    const byCustomer = splitBy((order: Order) => order.customer);
    expectTypeOf(byCustomer).toEqualTypeOf<(item: Order, index: number, sinks: number) => number>();
    // @ts-expect-error -- an object is no key
    splitBy((order: Order) => ({ order }));
    // @ts-expect-error -- the items are texts
    void fanOut(lines, [takeText], { route: byCustomer });
  });
});

describe("limits", () => {
  const load = (path: string, retries: number): Promise<Order> => Promise.resolve({ id: retries, customer: path });

  test("a limited call has the arguments and the result of its function", () => {
    only(() => {
      const limited = limit(4);
      expectTypeOf(limited).toEqualTypeOf<Limit>();
      expectTypeOf(limited(load, "/a", 1)).toEqualTypeOf<Promise<Order>>();
      expectTypeOf(limited(() => 5)).toEqualTypeOf<Promise<number>>();
      expectTypeOf(limit({ concurrency: 4, rejectOnClear: true })(() => "a")).resolves.toEqualTypeOf<string>();
      expectTypeOf(limited.with({ weight: 2, timeout: 5 })).toEqualTypeOf<LimitedCall>();
      expectTypeOf(limited.with({ weight: 2 })(load, "/a", 1)).toEqualTypeOf<Promise<Order>>();
      // @ts-expect-error -- an argument is missing
      void limited(load, "/a");
      // @ts-expect-error -- or is of another type
      void limited(load, "/a", "1");
      // @ts-expect-error -- a promise runs already
      void limited(load("/a", 1));
      // @ts-expect-error -- how many at a time has to be said
      limit({ name: "db" });
      // @ts-expect-error -- it is called concurrency
      limit({ limit: 4 });
      // @ts-expect-error -- a weight is a number
      limited.with({ weight: "2" });
    });
  });

  test("map is given the inputs and their places", () => {
    only(() => {
      const mapped = limit(4).map(new Set(["/a"]), (path, index) => {
        expectTypeOf(path).toEqualTypeOf<string>();
        expectTypeOf(index).toEqualTypeOf<number>();
        return load(path, index);
      });
      expectTypeOf(mapped).toEqualTypeOf<Promise<Order[]>>();
      // @ts-expect-error -- the inputs are numbers
      void limit(4).map([1], (path: string) => path);
    });
  });

  test("a limited function has the signature of its function", () => {
    only(() => {
      const limited = limitFunction(load, { concurrency: 2 });
      expectTypeOf(limited).parameters.toEqualTypeOf<[path: string, retries: number]>();
      expectTypeOf(limited).returns.toEqualTypeOf<Promise<Order>>();
      expectTypeOf(limited.clearQueue).toEqualTypeOf<() => void>();
      // @ts-expect-error -- how many at a time has to be said
      limitFunction(load, {});
      // @ts-expect-error -- an argument is missing
      void limited("/a");
    });
  });

  test("a rate calls as a limit does", () => {
    only(() => {
      const polite = rate({ per: 10, interval: 1000 });
      expectTypeOf(polite).toEqualTypeOf<Rate>();
      expectTypeOf(polite(load, "/a", 1)).toEqualTypeOf<Promise<Order>>();
      expectTypeOf(polite.with({ timeout: 5 })).toEqualTypeOf<LimitedCall>();
      // @ts-expect-error -- the length of an interval has to be said
      rate({ per: 10 });
      // @ts-expect-error -- a rate has no weights
      polite.with({ weight: 2 });
    });
  });
});

describe("scopes", () => {
  test("a scope gives what its function returns", () => {
    only(() => {
      expectTypeOf(scope(() => 1)).toEqualTypeOf<Promise<number>>();
      expectTypeOf(scope(async () => Promise.resolve("a"))).toEqualTypeOf<Promise<string>>();
      const task = scope((s) => s.spawn(() => Promise.resolve(1)));
      expectTypeOf(task).toEqualTypeOf<Promise<number>>();
      void scope((s) => {
        expectTypeOf(s).toEqualTypeOf<Scope>();
      });
      // @ts-expect-error -- a time is a number
      void scope(() => 1, { timeout: "5 s" });
      // @ts-expect-error -- a scope runs a function
      void scope(Promise.resolve(1));
    });
  });

  test("a task gives what its function returns", () => {
    only(async () => {
      await using s = openScope();
      expectTypeOf(s).toEqualTypeOf<OpenScope>();
      const task = s.spawn((given) => {
        expectTypeOf(given).toEqualTypeOf<TaskContext>();
        return Promise.resolve(5);
      });
      expectTypeOf(task).toEqualTypeOf<Task<number>>();
      expectTypeOf(await task).toEqualTypeOf<number>();
      expectTypeOf(s.spawn(() => "sync")).toEqualTypeOf<Task<string>>();
      // @ts-expect-error -- a promise runs already
      s.spawn(Promise.resolve(5));
      // @ts-expect-error -- a daemon is one or not
      s.spawn(() => 1, { daemon: "yes" });
    });
  });

  test("start gives what ready is called with", () => {
    only(async () => {
      await using s = openScope();
      expectTypeOf(
        s.start(({ ready }: StartContext<number>) => {
          ready(5);
        }),
      ).toEqualTypeOf<Promise<number>>();
      expectTypeOf(
        s.start<string>(({ ready }) => {
          ready("a");
        }),
      ).toEqualTypeOf<Promise<string>>();
      expectTypeOf(
        s.start(({ ready }) => {
          ready();
        }),
      ).toEqualTypeOf<Promise<void>>();
      const serve = ({ ready }: StartContext<string>): void => {
        ready("a");
      };
      // @ts-expect-error -- a number is awaited, and a text given
      void s.start<number>(serve);
    });
  });
});

describe("combinators", () => {
  const number = (): Promise<number> => Promise.resolve(1);
  const text = ({ signal }: TaskContext): string => String(signal.aborted);

  test("a tuple of jobs gives a tuple, an array an array", () => {
    only(() => {
      expectTypeOf(all([number, text])).toEqualTypeOf<Promise<[number, string]>>();
      expectTypeOf(all([1].map(() => number))).toEqualTypeOf<Promise<number[]>>();
      expectTypeOf(all([])).toEqualTypeOf<Promise<[]>>();
      expectTypeOf(allSettled([number, text])).toEqualTypeOf<
        Promise<[PromiseSettledResult<number>, PromiseSettledResult<string>]>
      >();
      expectTypeOf(allSettled([1].map(() => text))).toEqualTypeOf<Promise<PromiseSettledResult<string>[]>>();
    });
  });

  test("any and race give one of the results", () => {
    only(() => {
      expectTypeOf(any([number, text])).toEqualTypeOf<Promise<number | string>>();
      expectTypeOf(race([number, text])).toEqualTypeOf<Promise<number | string>>();
      expectTypeOf(race([1].map(() => number))).toEqualTypeOf<Promise<number>>();
    });
  });

  test("jobs are functions of a task", () => {
    only(() => {
      const given = all([
        (task) => {
          expectTypeOf(task).toEqualTypeOf<TaskContext>();
          return 1;
        },
      ]);
      expectTypeOf(given).toEqualTypeOf<Promise<[number]>>();
      // @ts-expect-error -- promises run already
      void all([number()]);
      // @ts-expect-error -- nobody gives it a path
      void race([(path: string) => path]);
      // @ts-expect-error -- jobs come in a list
      void any(number);
      // @ts-expect-error -- as in a scope
      void allSettled([number], { limit: 5 });
    });
  });
});
