// Gets what the tests can use beside Node and a browser: a real PostgreSQL. Only `.ci/run` asks for it; where it
// cannot be had, the tests say so in a loud line and go on without.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const debian = '/usr/lib/postgresql';
const has = () =>
  existsSync(debian) && readdirSync(debian).some((version) => existsSync(join(debian, version, 'bin/initdb')));

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    env,
    stdio: 'inherit',
    timeout: 600_000,
  });
  return status === 0;
}

if (!has() && process.platform === 'linux' && process.getuid?.() === 0) {
  // the tests start a cluster of their own, so the package need not make one
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', 'postgresql');
}
console.log(has() ? 'PostgreSQL is here' : '*** No PostgreSQL could be had: its tests will not run ***');
