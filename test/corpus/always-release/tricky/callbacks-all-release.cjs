// In the style of callbacks: each branch calls done() before it calls back.
const { EventEmitter } = require("node:events");
const { Pool } = require("pg");

class Client extends EventEmitter {
  connect(callback) {
    setImmediate(callback);
  }
  query(text, callback) {
    setImmediate(callback, text.includes("?") ? new Error("syntax error") : null, { rows: [text] });
  }
  end(callback) {
    callback?.();
  }
}
const pool = new Pool({ max: 1, Client });

function transaction(text, callback) {
  pool.connect((error, client, done) => {
    if (error) {
      callback(error);
      return;
    }
    const abort = (failure) => {
      client.query("ROLLBACK", () => {
        done();
        callback(failure);
      });
    };
    client.query("BEGIN", (failure) => {
      if (failure) return abort(failure);
      client.query(text, (queryFailure, result) => {
        if (queryFailure) return abort(queryFailure);
        client.query("COMMIT", (commitFailure) => {
          done(commitFailure ?? undefined);
          callback(commitFailure, result.rows);
        });
      });
    });
  });
}

transaction("?", () => {
  transaction("SELECT 1", (error, rows) => {
    if (error || rows.length !== 1) throw new Error("no rows");
    pool.end();
  });
});
