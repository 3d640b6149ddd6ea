// Where the query fails, the callback is told so and done() is forgotten: the pool is empty for whoever comes next.
// Ends: exit 0 early
// cf. mysqljs/mysql#1103, mysqljs/mysql#1425
const { EventEmitter } = require("node:events");
const { Pool } = require("pg");

class Client extends EventEmitter {
  connect(callback) {
    setImmediate(callback);
  }
  query(text, callback) {
    setImmediate(callback, text.includes("?") ? new Error("syntax error") : null, { rows: [text] });
  }
  end() {}
}
const pool = new Pool({ max: 1, Client });

function rowsOf(text, callback) {
  pool.connect((error, client, done) => { // starves
    if (error) return callback(error);
    client.query(text, (failure, result) => {
      if (failure) return callback(failure);
      done();
      callback(null, result.rows);
    });
  });
}

rowsOf("SELECT ?", () => rowsOf("SELECT 1", () => console.log("both were answered")));
