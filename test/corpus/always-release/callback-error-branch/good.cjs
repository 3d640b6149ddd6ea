// The client is given back before anybody is told how the query went.
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

function rowsOf(text, callback) {
  pool.connect((error, client, done) => {
    if (error) return callback(error);
    client.query(text, (failure, result) => {
      done();
      if (failure) return callback(failure);
      callback(null, result.rows);
    });
  });
}

rowsOf("SELECT ?", () => rowsOf("SELECT 1", () => pool.end(() => console.log("both were answered"))));
