import { describe, test } from "vitest";
import { check } from "../lint.ts";

describe("the order of waits and readers", () => {
  test.for<[name: string, code: string]>([
    [
      "two waits of one function, the second masked by the first",
      `const first = new TransformStream();
const second = new TransformStream();
async function send(pipe) { await pipe.writable.getWriter().write("a"); }
await send(first); // starves
await send(second);
for await (const word of first.readable) console.log(word);
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "masked in a loop, by the source",
      `const first = new TransformStream();
const second = new TransformStream();
const one = first.writable.getWriter();
const other = second.writable.getWriter();
for (const word of words) {
  await one.write(word); // starves
  await other.write(word);
}
for await (const word of first.readable) console.log(word);
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "ready before the write in a loop",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
for (const word of words) {
  await writer.ready;
  await writer.write(word); // starves
}
for await (const word of readable) console.log(word);`,
    ],
    [
      "write by a helper after ready, in a loop",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
const send = async (word) => { await writer.write(word); };
for (const word of words) {
  await writer.ready;
  await send(word); // starves
}
for await (const word of readable) console.log(word);`,
    ],
    [
      "two helpers in a loop",
      `const first = new TransformStream();
const second = new TransformStream();
const toSecond = async (word) => { await second.writable.getWriter().write(word); };
const toFirst = async (word) => { await first.writable.getWriter().write(word); };
for (const word of words) {
  await toFirst(word); // starves
  await toSecond(word);
}
for await (const word of first.readable) console.log(word);
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "two waits in one expression",
      `const first = new TransformStream();
const second = new TransformStream();
const both = [await first.writable.getWriter().write("a"), await second.writable.getWriter().write("b")]; // starves
for await (const word of first.readable) console.log(word);
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "first read before the second wait, so both are reported",
      `const first = new TransformStream();
const second = new TransformStream();
await first.writable.getWriter().write("a"); // starves
for await (const word of first.readable) console.log(word);
await second.writable.getWriter().write("b"); // starves
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "waits in tasks of their own do not mask each other",
      `const first = new TransformStream();
const second = new TransformStream();
const one = (async () => { await first.writable.getWriter().write("a"); })();
const other = (async () => { await second.writable.getWriter().write("b"); })();
await one; // starves
for await (const word of first.readable) console.log(word);
await other; // starves
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "the reader is started by the same task before",
      `const { writable, readable } = new TransformStream();
const all = (async () => {
  const reading = (async () => { for await (const word of readable) console.log(word); })();
  await writable.getWriter().write("a");
  await reading;
})();
await all;`,
    ],
    [
      "the reader is in another task that is started after the first ended",
      `const { writable, readable } = new TransformStream();
const writing = (async () => { await writable.getWriter().write("a"); })();
await writing; // starves
const reading = (async () => { for await (const word of readable) console.log(word); })();
await reading;`,
    ],
    [
      "the reader's task starts before the writer's is awaited",
      `const { writable, readable } = new TransformStream();
const writing = (async () => { await writable.getWriter().write("a"); })();
const reading = (async () => { for await (const word of readable) console.log(word); })();
await writing;
await reading;`,
    ],
    [
      "a task in a task, awaited by the outer one",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  await inner;
})();
await outer; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task, not awaited by the outer one",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  inner.catch(console.error);
})();
await outer;
for await (const word of readable) console.log(word);`,
    ],
    [
      "written before, by a task that may have run",
      `const { writable, readable } = new TransformStream({}, {}, { highWaterMark: 1 });
const writer = writable.getWriter();
const writing = (async () => { await writer.write("a"); })();
await writer.write("b"); // starves
for await (const word of readable) console.log(word);
await writing;`,
    ],
    [
      "written only after the wait",
      `const { writable, readable } = new TransformStream({}, {}, { highWaterMark: 1 });
const writer = writable.getWriter();
await writer.write("a");
const reading = (async () => { for await (const word of readable) console.log(word); })();
await writer.write("b");
await reading;`,
    ],
    [
      "the reader is read in a queued job, of the same limit as the writer",
      `import pLimit from "p-limit";
const limit = pLimit(1);
const { writable, readable } = new TransformStream();
const writing = limit(async () => { await writable.getWriter().write("a"); });
const reading = limit(async () => { for await (const word of readable) console.log(word); });
await writing; // starves
await reading;`,
    ],
    [
      "two readers, the nearer one is named",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a"); // starves
if (flag) for await (const word of readable) console.log(word);
else for await (const word of readable) console.error(word);`,
    ],
    [
      "a pipe of each turn, in a helper",
      `const make = async () => {
  const { writable, readable } = new TransformStream();
  await writable.getWriter().write("a"); // starves
  for await (const word of readable) console.log(word);
};
for (const one of list) await make();`,
    ],
    [
      "one pipe for each element, its reader before in the same turn",
      `const pipes = names.map(() => new TransformStream());
for (const { writable, readable } of pipes) {
  const reading = (async () => { for await (const word of readable) console.log(word); })();
  await writable.getWriter().write("a");
  await reading;
}`,
    ],
    [
      "one pipe for each element, all written in one loop",
      `const pipes = names.map(() => new TransformStream());
for (const { writable, readable } of pipes) {
  await writable.getWriter().write("a"); // starves
  for await (const word of readable) console.log(word);
}`,
    ],
    [
      "recursive reader",
      `const { writable, readable } = new TransformStream();
async function read(times) { if (times > 0) { for await (const word of readable) console.log(word); await read(times - 1); } }
await writable.getWriter().write("a");
await read(2);`,
    ],
    [
      "a stream that is only written and given to nobody",
      `const { writable } = new TransformStream();
await writable.getWriter().write("a"); // starves`,
    ],
    [
      "what is aborted later is no reading",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
await writer.write("a"); // starves
await writer.abort();`,
    ],
    [
      "an own promise that is only given away later",
      `const { promise, resolve } = Promise.withResolvers();
await promise;
register(resolve);`,
    ],
    [
      "an own promise resolved in a loop of as many as there is room for",
      `const { promise, resolve } = Promise.withResolvers();
for (const one of list) { await promise; // starves
}
resolve();`,
    ],
    [
      "a promise that another task waits for, which nobody awaits",
      `const { writable, readable } = new TransformStream();
const send = async () => { await writable.getWriter().write("a"); };
const sent = send();
const log = async () => { await sent; console.log("sent"); };
void log();
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task, given back by the outer one",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  return inner;
})();
await outer; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task, awaited after the reader",
      `const { writable, readable } = new TransformStream();
let inner;
const outer = (async () => { inner = (async () => { await writable.getWriter().write("a"); })(); })();
await outer;
for await (const word of readable) console.log(word);
await inner;`,
    ],
    [
      "a task in a task that is all of it",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  await Promise.all([inner]);
})();
await outer; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task, awaited through then",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  await inner.then(() => console.log("sent"));
})();
await outer; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task, with a then that nobody awaits",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  void inner.then(() => console.log("sent"));
})();
await outer;
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task in a task",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const middle = (async () => {
    const inner = (async () => { await writable.getWriter().write("a"); })();
    await inner;
  })();
  await middle;
})();
await outer; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a reader that never ends",
      `const { writable, readable } = new TransformStream();
const reader = readable.getReader();
void (async () => { for (;;) console.log(await reader.read()); })();
await writable.getWriter().write("a");`,
    ],
    [
      "a reader that never ends, or is not started",
      `const { writable, readable } = new TransformStream();
const reader = readable.getReader();
void (async () => {
  if (!flag) return;
  for (;;) console.log(await reader.read());
})();
await writable.getWriter().write("a");`,
    ],
    [
      "a writer that never ends, beside its reader",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
void (async () => { for (;;) await writer.write("a"); })();
for await (const word of readable) console.log(word);`,
    ],
    [
      "a reader that never ends, which is awaited before",
      `const { writable, readable } = new TransformStream();
const other = new TransformStream();
const writer = writable.getWriter();
await (async () => { for (;;) await writer.write("a"); })(); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "two waits in one turn, the other order in the source",
      `const first = new TransformStream();
const second = new TransformStream();
const toFirst = async () => { await first.writable.getWriter().write("a"); };
const toSecond = async () => { await second.writable.getWriter().write("a"); };
for (;;) {
  await toSecond(); // starves
  await toFirst();
}`,
    ],
    [
      "two waits in a helper, called in a loop",
      `const first = new TransformStream();
const second = new TransformStream();
const one = first.writable.getWriter();
const other = second.writable.getWriter();
const send = async (word) => {
  await one.write(word);
  await other.write(word);
};
for (const word of words) await send(word); // starves
for await (const word of first.readable) console.log(word);
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "closed after the write in a loop",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
for (const word of words) {
  await writer.write(word); // starves
  await writer.ready;
}
for await (const word of readable) console.log(word);`,
    ],
    [
      "written and waited for at one place, read first",
      `const { writable, readable } = new TransformStream();
const use = (one, other) => other;
await use(readable.getReader().read(), writable.getWriter().write("a"));`,
    ],
    [
      "written at one place, read after it in the same call",
      `const { writable, readable } = new TransformStream();
const use = (one, other) => other;
use(await writable.getWriter().write("a"), readable.getReader().read()); // starves`,
    ],
    [
      "an own promise, resolved in the same call before",
      `const { promise, resolve } = Promise.withResolvers();
const use = (one, other) => other;
use(resolve(), await promise);`,
    ],
    [
      "an own promise, resolved in the same call after",
      `const { promise, resolve } = Promise.withResolvers();
const use = (one, other) => other;
use(await promise, resolve()); // starves`,
    ],
    [
      "a function that calls itself, and one that does not",
      `const first = new TransformStream();
const { writable, readable } = new TransformStream();
async function walk(times) { if (times > 0) await walk(times - 1); else await first.writable.getWriter().write("a"); }
const reading = (async () => { for await (const word of first.readable) console.log(word); })();
await walk(2);
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "many pipes, the first of which is read before",
      `const pipes = names.map(() => new TransformStream());
for (const { readable } of pipes) void (async () => { for await (const word of readable) console.log(word); })();
for (const { writable } of pipes) await writable.getWriter().write("a");`,
    ],
    [
      "many pipes, read one after the other behind all writes",
      `const pipes = names.map(() => new TransformStream());
for (const { writable } of pipes) await writable.getWriter().write("a"); // starves
for (const { readable } of pipes) for await (const word of readable) console.log(word);`,
    ],
    [
      "many pipes, each read by a callback before its write",
      `const pipes = names.map(() => new TransformStream());
await Promise.all(pipes.map(async ({ writable, readable }) => {
  const reading = new Response(readable).text();
  await writable.getWriter().write("a");
  await reading;
}));`,
    ],
    [
      "the reader is queued behind the job that makes and writes the pipe",
      `import pLimit from "p-limit";
const limit = pLimit(1);
await limit(async () => {
  const { writable, readable } = new TransformStream();
  const reading = (async () => { for await (const word of readable) console.log(word); })();
  await writable.getWriter().write("a");
  await reading;
});`,
    ],
    [
      "the job of a limit reads, started in another job",
      `import pLimit from "p-limit";
const limit = pLimit(2);
const { writable, readable } = new TransformStream();
const reading = limit(async () => { for await (const word of readable) console.log(word); });
await limit(async () => { await writable.getWriter().write("a"); });
await reading;`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});
