// The interval looks for the flag that the connection sets when it is up; it sets another one, since it has failed.
// Ends: hang
class Connection {
  connected = false;
  error: Error | undefined;

  open(): void {
    setTimeout(() => {
      this.error = new Error("refused");
    }, 10);
  }

  ready(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setInterval(() => { // starves
        if (!this.connected) return;
        clearInterval(timer);
        resolve();
      }, 5);
    });
  }
}

const connection = new Connection();
connection.open();
await connection.ready(); // waits
