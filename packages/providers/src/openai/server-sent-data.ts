/**
 * The `data` of each complete event of a server-sent event stream. An event without the blank line after it may be
 * cut short and is left out, unless the stream is known to be whole.
 */
export function serverSentData(text: string, isWhole: boolean): readonly string[] {
  const events = text.replaceAll("\r\n", "\n").split("\n\n");
  const complete = isWhole ? events : events.slice(0, -1);
  return complete.flatMap((event) => {
    const lines = event.split("\n").filter((line) => line.startsWith("data:"));
    return lines.length === 0 ? [] : [lines.map((line) => line.slice(5).replace(/^ /, "")).join("\n")];
  });
}
