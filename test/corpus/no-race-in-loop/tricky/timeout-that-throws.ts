// When time is up the race throws and the loop is over, so no item is asked for twice.
async function* letters(): AsyncGenerator<string> {
  yield "a";
  yield "b";
}

const source = letters();
const seen: string[] = [];
while (true) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("late")), 1000);
  });
  const { done, value } = await Promise.race([source.next(), late]);
  clearTimeout(timer);
  if (done) break;
  seen.push(value);
}
if (seen.join() !== "a,b") throw new Error(seen.join());
