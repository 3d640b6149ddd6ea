import { mvar } from "tailrace";

const news = mvar<string>({ name: "news" });

const taken = news.take().then((text) => {
  console.log("taken:", text);
});
const read = news.read().then((text) => {
  console.log("read:", text);
});
await news.put("it rains");
await Promise.all([taken, read]);
// prints read: it rains
// prints taken: it rains
