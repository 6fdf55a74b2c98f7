/** A network in front of a server, which can be cut, swallow everything without a word, or lose answers. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export async function startFaultProxy(target: { host: string; port: number }) {
  const sockets = new Set<Socket>();
  let swallows = false;
  let answersUntilCut = -1;
  let answersUntilSilence = -1;
  let cutsAll = false;
  const forgotten = new WeakSet<Socket>();
  let server: Server;

  function pass(chunk: Buffer, from: Socket, to: Socket, isAnswer: boolean) {
    if (swallows || forgotten.has(from)) return;
    if (isAnswer && answersUntilSilence-- === 0) swallows = true;
    else if (isAnswer && (cutsAll || answersUntilCut-- === 0)) from.destroy();
    else to.write(chunk);
  }

  function join(client: Socket) {
    const upstream = connect(target);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => pass(chunk, from, to, from === upstream));
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
    /** The same, from the next answer of the server on, or after so many others. */
    swallowAnswer(after = 0) {
      answersUntilSilence = after;
    },
    /** Ends the connection on which the server answers next, or after so many other answers: what it did is done, and nobody hears of it. */
    cutAnswer(after = 0) {
      answersUntilCut = after;
    },
    /** The same with every answer from now on. */
    cutAnswers() {
      cutsAll = true;
    },
    /** Lets the connections there are be, and whatever is sent on them vanish for ever, as a firewall does that has lost its state. */
    forget() {
      for (const socket of sockets) forgotten.add(socket);
    },
    /** Whole again. What was swallowed stays lost. */
    async mend() {
      swallows = false;
      answersUntilCut = -1;
      answersUntilSilence = -1;
      cutsAll = false;
      if (!server.listening) await listen(port);
    },
    close: async () => {
      if (server.listening) await cut();
    },
  };
}
