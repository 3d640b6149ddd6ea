// The job is given to `then` twice, for success and for failure; it runs once, and its timer resolves what it awaits.
let queue: Promise<unknown> = Promise.resolve();

function exclusive<T>(job: () => Promise<T>): Promise<T> {
  const result = queue.then(job, job);
  queue = result.catch(() => undefined);
  return result;
}

function answer(question: string): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(`${question}!`);
    }, 1);
  });
}

const answers = await Promise.all(["a", "b"].map((question) => exclusive(async () => await answer(question))));
if (answers.join() !== "a!,b!") throw new Error(answers.join());
