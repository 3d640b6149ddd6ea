// Chapters and pages have a limiter each.
import pLimit from "p-limit";

const chapters = pLimit(2);
const limit = pLimit(2);
const render = async (page) => page.toUpperCase();

async function chapter(pages) {
  return Promise.all(pages.map((page) => limit(() => render(page))));
}

const book = [["a", "b"], ["c", "d"]];
const done = await Promise.all(book.map((pages) => chapters(() => chapter(pages))));
if (done.flat().join("") !== "ABCD") throw new Error(done.flat().join(""));
