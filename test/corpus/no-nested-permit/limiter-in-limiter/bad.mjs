// Every chapter holds a permit and waits for its pages, which need permits of the same limiter.
// Ends: exit 13
// cf. sindresorhus/p-limit#91
import pLimit from "p-limit";

const limit = pLimit(2);
const render = async (page) => page.toUpperCase();

async function chapter(pages) {
  return Promise.all(pages.map((page) => limit(() => render(page)))); // starves
}

const book = [["a", "b"], ["c", "d"]];
const done = await Promise.all(book.map((pages) => limit(() => chapter(pages)))); // waits
if (done.flat().join("") !== "ABCD") throw new Error(done.flat().join(""));
