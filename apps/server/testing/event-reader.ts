import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";

/** One server-sent event, or a comment (`event: ""`). */
interface ReceivedEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

export interface EventReader {
  readonly response: IncomingMessage;
  /** The next event that is not a comment. Rejects when the stream ends first. */
  readonly next: () => Promise<ReceivedEvent>;
  /** The next frame of any kind, comments and `retry` included, as text. */
  readonly nextFrame: () => Promise<string>;
  readonly close: () => void;
}

/** Connects to an event stream over a connection of its own. */
export async function readEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const outgoing = request(url, { headers, agent: false });
  outgoing.end();
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  const frames = splitFrames(response);
  const nextFrame = async () => {
    const { value, done } = await frames.next();
    if (done === true) throw new Error("The stream has ended.");
    return value;
  };
  return {
    response,
    nextFrame,
    next: async () => {
      for (;;) {
        const event = parseFrame(await nextFrame());
        if (event.event !== "") return event;
      }
    },
    close: () => outgoing.destroy(),
  };
}

async function* splitFrames(response: IncomingMessage): AsyncGenerator<string, undefined> {
  let rest = "";
  response.setEncoding("utf8");
  for await (const chunk of response) {
    const frames = (rest + String(chunk)).split("\n\n");
    rest = frames.pop() ?? "";
    yield* frames;
  }
  return undefined;
}

function parseFrame(frame: string): ReceivedEvent {
  const fields = new Map(
    frame.split("\n").map((line) => [line.split(": ")[0], line.slice(line.indexOf(": ") + 2)]),
  );
  return { event: fields.get("event") ?? "", id: fields.get("id"), data: fields.get("data") ?? "" };
}
