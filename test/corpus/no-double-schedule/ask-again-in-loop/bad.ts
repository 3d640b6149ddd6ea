// Each round of the loop takes another place; the turns go to the old ones, and the last promise never settles.
// Ends: exit 13
const slots: ((slot: number) => void)[] = [];

function slot(): Promise<number> {
  return new Promise<number>((resolve) => {
    slots.push(resolve);
  });
}

function free(id: number): void {
  const next = slots.shift();
  next?.(id);
}

async function rent(ready: () => boolean): Promise<number> {
  let place: Promise<number>;
  do {
    place = slot(); // starves
  } while (!ready());
  return place;
}

let asked = 0;
const rented = rent(() => ++asked > 1);
free(1);
await rented; // waits
