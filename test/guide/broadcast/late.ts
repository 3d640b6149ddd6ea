import { broadcast } from "tailrace";

const news = broadcast<string>({ name: "news", audience: 0, replay: 1 });
await news.send("first");
await news.send("second");

const late = news.subscribe();
console.log(`missed ${late.missed}`);
await news.send("third");
news.close();
for await (const item of late) console.log(item);
// prints missed 1
// prints second
// prints third
