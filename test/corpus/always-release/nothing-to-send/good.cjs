// Where there is nothing to send, no client is asked for.
const { EventEmitter } = require("node:events");
const pg = require("pg");

class Client extends EventEmitter {
  connect(callback) {
    setImmediate(callback);
  }
  query(text, values, callback) {
    setImmediate(callback, null, { rowCount: values.length });
  }
  end(callback) {
    callback?.();
  }
}
const pool = new pg.Pool({ max: 1, Client });

function store(levels, callback) {
  if (levels.length === 0) {
    callback(null, 0);
    return;
  }
  pool.connect(function (error, client, done) {
    if (error) return callback(error);
    client.query("INSERT INTO levels SELECT unnest($1)", levels, function (failure, result) {
      done();
      callback(failure, result && result.rowCount);
    });
  });
}

store([], () => store([4.2], () => pool.end(() => console.log("stored"))));
