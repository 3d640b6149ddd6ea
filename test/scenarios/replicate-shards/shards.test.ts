import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checksums, files, shards } from "./shards.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "shards-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

const text = (chunks: readonly Uint8Array[]) => chunks.map((chunk) => Buffer.from(chunk).toString());

test("the bytes of all files are dealt to the hosts in turn, across the ends of files", async () => {
  await mkdir(join(directory, "b"));
  await writeFile(join(directory, "a"), "aabb");
  await writeFile(join(directory, "b", "c"), "ccdde");

  const dealt = await Array.fromAsync(shards(await files(directory), { hosts: 2, chunkSize: 2 }));

  expect(dealt.map(text)).toEqual([
    ["aa", "bb"],
    ["cc", "dd"],
    ["e", ""],
  ]);
});

test("a limit ends the input after so many shards", async () => {
  await writeFile(join(directory, "a"), "aabbcc");
  const dealt = await Array.fromAsync(shards(await files(directory), { hosts: 1, chunkSize: 2, limit: 2 }));
  expect(dealt.map(text)).toEqual([["aa"], ["bb"]]);
});

test("a file stands for itself, and one byte makes one shard with a chunk for every host", async () => {
  await writeFile(join(directory, "a"), "a");
  const dealt = await Array.fromAsync(shards(await files(join(directory, "a")), { hosts: 3, chunkSize: 1024 }));
  expect(dealt.map(text)).toEqual([["a", "", ""]]);
});

test("an empty directory gives no shard", async () => {
  expect(await checksums(await files(directory), { hosts: 2, chunkSize: 8 })).toMatchObject({ bytes: 0, shards: 0 });
});

test("a directory that is not there is named", async () => {
  await expect(files(join(directory, "gone"))).rejects.toThrow(join(directory, "gone"));
});

test("a file that cannot be read is named", async () => {
  const gone = join(directory, "gone");
  await expect(Array.fromAsync(shards([gone], { hosts: 1, chunkSize: 8 }))).rejects.toThrow(`cannot read ${gone}: `);
});
