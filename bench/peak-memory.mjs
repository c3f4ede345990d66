// Runs a program and prints the most memory that it held (VmHWM), in MiB: node peak-memory.mjs PROGRAM ARGUMENT…
import { spawn } from 'node:child_process';
import fs from 'node:fs';

const child = spawn(process.argv[2], process.argv.slice(3), { stdio: 'ignore' });
let peak = 0;
const look = setInterval(() => {
  try {
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
  } catch {
    // It has just ended.
  }
}, 1);
child.on('exit', () => {
  clearInterval(look);
  console.log((peak / 1024).toFixed(0));
});
