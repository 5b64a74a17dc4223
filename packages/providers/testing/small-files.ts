/** The smallest file that passes for a video. */
export function smallMp4(): Buffer {
  const box = Buffer.from("\0\0\0\u0018ftypisom\0\0\u0002\0isomiso2", "latin1");
  return Buffer.concat([box, Buffer.from("\0\0\0\u0010mdat", "latin1"), Buffer.alloc(8, 1)]);
}

/** A LoRA file with no weights, whose header names what it was trained for. */
export function smallSafetensors(name: unknown): Buffer {
  const header = Buffer.from(JSON.stringify({ __metadata__: { ss_output_name: name ?? "" } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.byteLength));
  return Buffer.concat([length, header]);
}

/** A tar of files, in the order given. */
export function smallTar(files: Readonly<Record<string, Buffer>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, bytes]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0, 100, "utf8");
    header.write(`${bytes.byteLength.toString(8).padStart(11, "0")}\0`, 124, "latin1");
    header.write("0", 156, "latin1");
    header.write("ustar\0", 257, "latin1");
    return [header, bytes, Buffer.alloc((512 - (bytes.byteLength % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
