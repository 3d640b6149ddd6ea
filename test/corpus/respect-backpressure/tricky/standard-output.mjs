// Standard output is written synchronously where it is a file or a terminal, and programs print in loops.
async function* words() {
  for (const word of ["all", "is", "well"]) yield word;
}

for await (const word of words()) process.stdout.write(`${word} `);
process.stdout.write("\n");
