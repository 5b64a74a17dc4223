import { createHash } from "node:crypto";
import type { Server } from "node:http";
import type { Duplex } from "node:stream";

/** Of RFC 6455: what a key is hashed with to show that the server speaks the protocol. */
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const TEXT = 0x1;
const BINARY = 0x2;
const FIN = 0x80;

/** One client of the socket. */
export interface SocketClient {
  /** The address that it asked for, with its query. */
  readonly url: string;
  /** Sends a text, or bytes as a binary message. */
  send(message: string | Uint8Array): void;
  /** Breaks the connection without a word. */
  drop(): void;
}

/** The server's half of a WebSocket, for fakes that only speak and never listen. */
export function serveWebSocket(
  server: Server,
  options: {
    readonly path: string;
    readonly isRefused: () => boolean;
    readonly onClient: (client: SocketClient) => void;
  },
): { clients(): readonly SocketClient[] } {
  const clients = new Set<SocketClient>();
  server.on("upgrade", (request, socket: Duplex) => {
    const { url = "/" } = request;
    const key = request.headers["sec-websocket-key"];
    if (key === undefined || options.isRefused() || new URL(url, "http://fake").pathname !== options.path) {
      socket.destroy();
      return;
    }
    const accept = createHash("sha1")
      .update(key + GUID)
      .digest("base64");
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const client: SocketClient = {
      url,
      send: (message) => void socket.write(frame(message)),
      drop: () => void socket.destroy(),
    };
    clients.add(client);
    socket.on("close", () => clients.delete(client));
    socket.on("error", () => clients.delete(client));
    // A client that says goodbye is let go; nothing else that it says matters here.
    socket.on("data", (bytes: Buffer) => {
      if (((bytes[0] ?? 0) & 0x0f) === 0x8) socket.end(Buffer.from([FIN | 0x8, 0]));
    });
    options.onClient(client);
  });
  return { clients: () => [...clients] };
}

function frame(message: string | Uint8Array): Buffer {
  const payload = Buffer.from(typeof message === "string" ? Buffer.from(message) : message);
  const opcode = FIN | (typeof message === "string" ? TEXT : BINARY);
  if (payload.byteLength < 126) return Buffer.concat([Buffer.from([opcode, payload.byteLength]), payload]);
  const head = Buffer.alloc(4);
  head.set([opcode, 126]);
  head.writeUInt16BE(payload.byteLength, 2);
  return Buffer.concat([head, payload]);
}
