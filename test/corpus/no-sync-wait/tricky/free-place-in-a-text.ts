// What is looked for is another place in each turn, so the loop ends whatever becomes of the text.
const page = { text: "see [0], [1] and [2]", places: [] as string[] };
setTimeout(() => (page.text = page.text.replace("[3]", "the end")), 10).unref();

function placeOf(turn: number): string {
  return `[${turn.toString()}]`;
}

let turn = 0;
let place = "";
while (page.text.includes((place = placeOf(turn)))) turn += 1;
page.places.push(place);
if (page.places[0] !== "[3]") throw new Error(place);
