const SIGNATURES: readonly { readonly mime: string; readonly matches: (bytes: Uint8Array) => boolean }[] = [
  {
    mime: "image/png",
    matches: (bytes) => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  { mime: "image/jpeg", matches: (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff]) },
  { mime: "image/gif", matches: (bytes) => ascii(bytes, 0, 4) === "GIF8" },
  { mime: "image/webp", matches: (bytes) => ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP" },
  {
    mime: "image/avif",
    matches: (bytes) => ascii(bytes, 4, 4) === "ftyp" && /^avi[fs]$/.test(ascii(bytes, 8, 4)),
  },
  {
    mime: "video/mp4",
    matches: (bytes) =>
      ascii(bytes, 4, 4) === "ftyp" &&
      /^(?:isom|iso\d|mp4\d|avc1|dash|MSNV|mmp4|f4v )$/.test(ascii(bytes, 8, 4)),
  },
  {
    mime: "video/quicktime",
    matches: (bytes) => ascii(bytes, 4, 8) === "ftypqt  ",
  },
  {
    mime: "video/webm",
    matches: (bytes) => startsWith(bytes, [0x1a, 0x45, 0xdf, 0xa3]) && ascii(bytes, 4, 60).includes("webm"),
  },
];

/** How many bytes of a file `sniffMedia` looks at. */
export const SNIFF_BYTES = 64;

/** The kind of picture or clip that a file's first bytes say it is, whatever its name; `undefined` for anything else. */
export function sniffMedia(head: Uint8Array): string | undefined {
  return SIGNATURES.find(({ matches }) => matches(head))?.mime;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function ascii(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
