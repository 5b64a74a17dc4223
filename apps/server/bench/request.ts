import { createHash } from "node:crypto";

export async function getText(url: string): Promise<string> {
  return (await successOf(url)).text();
}

export async function getBytes(url: string): Promise<Buffer> {
  return Buffer.from(await (await successOf(url)).arrayBuffer());
}

export async function putJson(url: string, body: string): Promise<void> {
  await (
    await successOf(url, { method: "PUT", body, headers: { "content-type": "application/json" } })
  ).text();
}

/** Keeps bytes in the studio; gives their SHA-256. */
export async function putBlob(studioUrl: string, bytes: Buffer): Promise<string> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const body = new Uint8Array(bytes);
  await (await successOf(`${studioUrl}/api/blobs/${sha256}`, { method: "PUT", body })).text();
  return sha256;
}

async function successOf(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response;
}
