import { createSemaphore, openSemaphore } from "tailrace/processes";

await using gpus = await createSemaphore(1); // elsewhere: openSemaphore(name)
await using sameGpus = await openSemaphore(gpus.name);
{
  using _ = await gpus.acquire();
  console.log(await sameGpus.available()); // prints 0
  console.log(await sameGpus.tryAcquire()); // prints undefined
}
console.log(await sameGpus.available()); // prints 1
