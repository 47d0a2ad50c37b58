// Loaded before anything else (node --require) in every process and worker of a run that must stay at home: it writes
// down each host that Node is asked for, in the file SLIPWAY_NETWORK_LOG names, and refuses all but loopback.
// It sees what goes through Node; programs of their own (a browser) have to be watched by their own means.
const { appendFileSync } = require('node:fs');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');
const { networkInterfaces } = require('node:os');
const process = require('node:process');

const log = process.env.SLIPWAY_NETWORK_LOG;
/** This machine's own addresses: what is sent to them never leaves it. Storybook looks for a free port on each. */
const own = new Set(Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address)));
const isLoopback = (host) =>
  own.has(host) || /^(?:localhost|127(?:\.\d+){3}|::1|::ffff:127(?:\.\d+){3}|0\.0\.0\.0|::)?$/.test(host);

/** Writes a host down; gives the error to fail with where it lies outside. */
function note(host) {
  const asked = String(host ?? '').replace(/^\[|\]$/g, '');
  appendFileSync(log, `${isLoopback(asked) ? 'loopback' : 'outside'} ${asked} ${process.argv[1] ?? ''}\n`);
  return isLoopback(asked) ? undefined : new Error(`${asked} was asked for, and this run may ask loopback only`);
}

function watch() {
  appendFileSync(log, `watching ${process.pid}\n`);

  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function watched(...args) {
    const [first, second] = Array.isArray(args[0]) ? args[0] : args;
    const options = typeof first === 'object' && first !== null ? first : { port: first, host: second };
    // a path is a pipe of this machine
    const isPipe = options.path !== undefined || (typeof options.port === 'string' && !/^\d+$/.test(options.port));
    const refusal = isPipe ? undefined : note(typeof options.host === 'string' ? options.host : '');
    // nothing listens on port 1 of this machine: it fails as an unreachable host would, and in its own time
    return refusal === undefined ? connect.apply(this, args) : connect.call(this, { port: 1, host: '127.0.0.1' });
  };

  const { send } = dgram.Socket.prototype;
  dgram.Socket.prototype.send = function watched(...args) {
    const refusal = note(args.findLast((arg) => typeof arg === 'string') ?? '');
    if (refusal !== undefined) throw refusal;
    return send.apply(this, args);
  };

  const callbacks = [dns, dns.Resolver.prototype];
  const promises = [dns.promises, dns.promises.Resolver.prototype];
  for (const place of [...callbacks, ...promises]) {
    for (const name of Object.getOwnPropertyNames(place).filter((key) => /^(?:lookup|resolve\w*|reverse)$/.test(key))) {
      const original = place[name];
      place[name] = function watched(host, ...rest) {
        const refusal = note(host);
        if (refusal === undefined) return original.call(this, host, ...rest);
        if (promises.includes(place)) return Promise.reject(refusal);
        process.nextTick(rest.at(-1), refusal);
        return undefined;
      };
    }
  }
}

if (log !== undefined && log !== '') watch();
