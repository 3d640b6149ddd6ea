import { chmod, mkdir, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createMVar, createSemaphore, NameError, openMVar, openSemaphore } from "tailrace/processes";
import { describe, expect, test } from "vitest";
import { isNode } from "../child.ts";
import { within } from "../deadline.ts";
import { errorOf } from "../node/pools.ts";
import { elsewhere, ownFolder } from "./parties.ts";

const folder = ownFolder();
const here = (): { readonly folder: string } => ({ folder: folder() });

describe.runIf(isNode)("a name", () => {
  test("is plain text that no other has, if none was chosen", async () => {
    const boxes = await Promise.all(Array.from({ length: 50 }, () => createMVar(here())));
    const names = boxes.map(({ name }) => name);
    expect(new Set(names).size).toBe(50);
    for (const name of names) expect(name).toMatch(new RegExp(`^${process.pid.toString()}-[0-9a-z]{10}\\.\\d+$`, "u"));
    expect(await readdir(folder())).toHaveLength(1); // they share a socket
    await Promise.all(boxes.map((box) => box.close()));
  });

  test("is gone with the last who has it open, however often each has", async () => {
    const first = await createMVar<string>({ ...here(), name: "jobs" });
    const second = await openMVar<string>("jobs", here());
    const third = await (await elsewhere()).openMVar<string>("jobs", here());
    await first.close();
    await first.close();
    await third.put("value");
    expect(await second.take()).toBe("value");
    await second.close();
    expect(await third.tryPut("still there")).toBe(true);
    await third.close();
    expect(await readdir(folder())).toEqual([]);
    const gone = await errorOf(openMVar("jobs", here()));
    expect(gone).toBeInstanceOf(NameError);
    expect(gone).toMatchObject({ code: "TAILRACE_NAME_GONE" });
    expect(gone.message).toBe(`open mvar "jobs" in ${folder()}: nobody has that name`);
  });

  test("that is looked up while the last closes it gives what works, or nothing", async () => {
    const other = await elsewhere();
    const counts = { opened: 0, gone: 0 };
    for (let nth = 0; nth < 100; nth++) {
      const box = await createMVar<number>(here());
      const opening = (nth % 2 === 0 ? other.openMVar<number> : openMVar<number>)(box.name, here());
      const settled = Promise.allSettled([opening]);
      for (let turn = 0; turn < nth % 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      await box.close();
      const [opened] = await within(settled);
      if (opened.status === "rejected") {
        counts.gone++;
        expect(opened.reason).toMatchObject({ code: "TAILRACE_NAME_GONE" });
      } else {
        counts.opened++;
        await opened.value.put(nth);
        expect(await within(opened.value.take())).toBe(nth);
        await opened.value.close();
      }
    }
    expect(Math.min(counts.opened, counts.gone)).toBeGreaterThan(0);
  });

  test("that was chosen is had by one of many who want it at the same time", async () => {
    const others = [await elsewhere(), await elsewhere(), await elsewhere()];
    for (let nth = 0; nth < 10; nth++) {
      const tries = others.map((other) => other.createMVar({ ...here(), name: "leader", value: "elected" }));
      const made = (await Promise.allSettled(tries)).flatMap((each) =>
        each.status === "fulfilled" ? [each.value] : [],
      );
      expect(made).toHaveLength(1);
      for (const box of made) await box.close();
    }
  });

  test("of something else is refused", async () => {
    await using box = await createMVar(here());
    await using permits = await createSemaphore(1, here());
    expect((await errorOf(openSemaphore(box.name, here()))).message).toContain("that is the name of a mvar");
    expect(await errorOf(openMVar(permits.name, here()))).toMatchObject({ code: "TAILRACE_NAME_REFUSED" });
  });

  test.each(["", ".", "../up", "a b", "a.b.c", "x".repeat(65), "a\n"])("cannot be %j", async (name) => {
    expect(await errorOf(createMVar({ ...here(), name }))).toMatchObject({ argument: "name" });
    expect(await errorOf(openMVar(name, here()))).toMatchObject({ argument: "name" });
  });
});

describe.runIf(isNode && process.platform !== "win32")("a folder", () => {
  test("is made for nobody else", async () => {
    const made = join(folder(), "made");
    await using box = await createMVar<string>({ folder: made, value: "value" });
    await using opened = await openMVar<string>(box.name, { folder: made });
    expect(await opened.read()).toBe("value");
    await expect(chmod(made, 0o700)).resolves.toBeUndefined();
    await rm(made, { recursive: true });
  });

  test("is refused if others may enter it", async () => {
    const shared = join(folder(), "shared");
    await mkdir(shared);
    await chmod(shared, 0o755);
    const error = await errorOf(createMVar({ folder: shared }));
    expect(error).toMatchObject({ argument: "folder" });
    expect(error.message).toContain(`${shared} is open to others (mode 755, not 700)`);
    expect(await errorOf(openMVar("4711-abcdefghij.1", { folder: shared }))).toMatchObject({ argument: "folder" });
    await rm(shared, { recursive: true });
  });

  test("is refused if it belongs to somebody else, or is only a link", async () => {
    const link = join(folder(), "link");
    await symlink(tmpdir(), link);
    expect((await errorOf(createMVar({ folder: link }))).message).toContain("is not a folder");
    await rm(link);
    if (process.getuid?.() === 0) return; // everything belongs to root
    expect((await errorOf(createMVar({ folder: "/" }))).message).toContain("belongs to user 0, not to");
  });

  test("is refused if the path of a socket in it would be too long", async () => {
    const long = join(folder(), "x".repeat(80));
    expect((await errorOf(createMVar({ folder: long }))).message).toMatch(
      /has \d+ bytes, and the path of a socket at most 10[37]$/u,
    );
    await rm(long, { recursive: true });
  });

  test("that is not there has no names", async () => {
    const nowhere = { folder: join(folder(), "nowhere") };
    expect(await errorOf(openMVar("jobs", nowhere))).toMatchObject({ code: "TAILRACE_NAME_GONE" });
    expect(await errorOf(openMVar("4711-abcdefghij.1", nowhere))).toMatchObject({ code: "TAILRACE_NAME_GONE" });
  });
});
