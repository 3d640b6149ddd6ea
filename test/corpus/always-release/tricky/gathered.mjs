// As many permits are taken as there are, and as many are released.
import { Sema } from "async-sema";

const limit = new Sema(3);

async function alone(work) {
  const held = [];
  for (let index = 0; index < 3; index += 1) held.push(await limit.acquire());
  try {
    return await work();
  } finally {
    for (const permit of held) limit.release(permit);
  }
}

async function aloneAgain(work) {
  for (let index = 0; index < 3; index += 1) await limit.acquire();
  try {
    return await work();
  } finally {
    for (let index = 0; index < 3; index += 1) limit.release();
  }
}

const sum = (await alone(async () => 1)) + (await aloneAgain(async () => 2)) + (await alone(async () => 3));
if (sum !== 6) throw new Error(String(sum));
