// The interval looks at both, and the promise rejects with the error.
import assert from "node:assert";

class Connection {
  connected = false;
  error: Error | undefined;

  open(): void {
    setTimeout(() => {
      this.error = new Error("refused");
    }, 10);
  }

  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setInterval(() => {
        if (!this.connected && !this.error) return;
        clearInterval(timer);
        if (this.error) reject(this.error);
        else resolve();
      }, 5);
    });
  }
}

const connection = new Connection();
connection.open();
await assert.rejects(connection.ready(), /refused/);
