// Where there is nothing to send no query is made, and done() is called only after one: the client is out for ever.
// Ends: exit 0 early
// cf. brianc/node-postgres#227
const { EventEmitter } = require("node:events");
const pg = require("pg");

class Client extends EventEmitter {
  connect(callback) {
    setImmediate(callback);
  }
  query(text, values, callback) {
    setImmediate(callback, null, { rowCount: values.length });
  }
  end() {}
}
const pool = new pg.Pool({ max: 1, Client });

function store(levels, callback) {
  pool.connect(function (error, client, done) { // starves
    if (error) return callback(error);
    if (levels.length === 0) {
      callback(null, 0);
      return;
    }
    client.query("INSERT INTO levels SELECT unnest($1)", levels, function (failure, result) {
      done();
      callback(failure, result && result.rowCount);
    });
  });
}

store([], () => store([4.2], () => console.log("stored")));
