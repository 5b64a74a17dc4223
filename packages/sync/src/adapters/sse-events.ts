export interface ServerSentEvent {
  readonly type: string;
  readonly data: string;
}

/** Events of a `text/event-stream`. Comments (heartbeats) are passed to `onLine` alone, as every line is. */
export async function* sseEvents(
  lines: AsyncIterable<string>,
  onLine: () => void,
): AsyncGenerator<ServerSentEvent> {
  let type = "message";
  let data: string[] = [];
  for await (const line of lines) {
    onLine();
    if (line === "") {
      if (data.length > 0) yield { type, data: data.join("\n") };
      type = "message";
      data = [];
      continue;
    }
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") type = value;
    else if (field === "data") data.push(value);
  }
}
