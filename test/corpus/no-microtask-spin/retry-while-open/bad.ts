// While the breaker is open each attempt fails at once; the timer that would close it again waits behind the attempts.
// Ends: blocked
// cf. nodeshift/opossum#580
class Breaker {
  #open = false;

  trip(): void {
    this.#open = true;
    setTimeout(() => {
      this.#open = false;
    }, 20);
  }

  async fire(): Promise<string> {
    if (this.#open) throw new Error("open");
    return "ok";
  }

  get opened(): boolean {
    return this.#open;
  }
}

const breaker = new Breaker();
breaker.trip();
while (breaker.opened) {
  await breaker.fire().catch(() => "failed"); // starves
}
