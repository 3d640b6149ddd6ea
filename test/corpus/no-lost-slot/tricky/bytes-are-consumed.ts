// Not a pool of things that are lent: pieces of data, counted by their bytes, which whoever reads them uses up.
import assert from "node:assert";

class Pieces {
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;

  append(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
  }

  /** The first byte, which stays there. */
  peek(): number | undefined {
    const first = this.read(1);
    if (first === undefined) return undefined;
    this.#bytes += 1;
    this.#pieces.unshift(first);
    return first[0];
  }

  read(size: number): Uint8Array | undefined {
    if (size > this.#bytes) return undefined;
    const result = new Uint8Array(size);
    for (let filled = 0; filled < size;) {
      const piece = this.#pieces.shift();
      if (piece === undefined) break;
      const part = piece.subarray(0, size - filled);
      result.set(part, filled);
      filled += part.length;
      this.#bytes -= part.length;
      if (part.length < piece.length) this.#pieces.unshift(piece.subarray(part.length));
    }
    return result;
  }
}

const pieces = new Pieces();
pieces.append(Uint8Array.of(1, 2, 3));
pieces.append(Uint8Array.of(4, 5));
assert.equal(pieces.peek(), 1);
assert.deepEqual(pieces.read(2), Uint8Array.of(1, 2));
assert.deepEqual(pieces.read(3), Uint8Array.of(3, 4, 5));
assert.equal(pieces.read(1), undefined);
