// Counts how often a program sends to a server and waits for its answer, by standing between the two:
//   node round-trips.mjs HOST PORT PROGRAM ARGUMENT…        ({port} in an argument is the port to connect to)
// Parts of one message that are sent while nothing has come back count as one; the connection's beginning counts too.
import { spawn } from 'node:child_process';
import net from 'node:net';

const [host, port, program, ...args] = process.argv.slice(2);
let trips = 0;
const between = net.createServer(client => {
  let answered = true;
  const server = net.connect(Number(port), host);
  client.on('data', data => {
    if (answered) {
      trips++;
      answered = false;
    }
    server.write(data);
  });
  server.on('data', data => {
    answered = true;
    client.write(data);
  });
  client.on('end', () => server.end()).on('error', () => server.destroy());
  server.on('end', () => client.end()).on('error', () => client.destroy());
});
between.listen(0, '127.0.0.1', () => {
  const own = String(between.address().port);
  const child = spawn(program, args.map(a => a.replaceAll('{port}', own)), { stdio: ['ignore', 'ignore', 'inherit'] });
  child.on('exit', code => {
    console.log(trips);
    process.exit(code ?? 1);
  });
});
