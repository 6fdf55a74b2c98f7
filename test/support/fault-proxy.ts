/** A network in front of a server, which can be cut, or swallow everything without a word. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export async function startFaultProxy(target: { host: string; port: number }) {
  const sockets = new Set<Socket>();
  let swallows = false;
  let server: Server;

  function join(client: Socket) {
    const upstream = connect(target);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => swallows || to.write(chunk));
      from.on('error', () => from.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }

  async function listen(port: number) {
    server = createServer(join).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  const port = await listen(0);

  async function cut() {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return {
    port,
    /** Refuses connections and ends those there are. */
    cut,
    /** Lets connections be, and everything that is sent vanish. */
    swallow() {
      swallows = true;
    },
    /** Whole again. What was swallowed stays lost. */
    async mend() {
      swallows = false;
      if (!server.listening) await listen(port);
    },
    close: async () => {
      if (server.listening) await cut();
    },
  };
}
