/** One file of an archive, as its headers tell it. Sizes and offsets in bytes. */
export interface ZipFileFacts {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly modifiedAt: Date;
  readonly crc32: number;
  readonly storedBytes: number;
  readonly sizeBytes: number;
  /** Of its local header. */
  readonly offset: number;
  /** Whether its local header has room for sizes of 64 bits. */
  readonly isLarge: boolean;
}

/** Sizes from here on need fields of 64 bits (ZIP64; APPNOTE.TXT 6.3.10, 4.5.3). */
export const LARGE_BYTES = 0xffff_ffff;
const MANY_FILES = 0xffff;

const VERSION_PLAIN = 20;
const VERSION_ZIP64 = 45;
const MADE_ON_UNIX = 3 << 8;
const NAMES_ARE_UTF8 = 0x0800;
const STORED = 0;
const DEFLATED = 8;
const ZIP64_FIELD = 0x0001;
/** A file that its owner alone may read. */
const MODE = 0o100600;

/** What stands before a file's bytes. Its length does not depend on sizes or checksum. */
export function localHeader(facts: ZipFileFacts): Buffer {
  const name = Buffer.from(facts.name);
  const extra = facts.isLarge ? zip64Field([facts.sizeBytes, facts.storedBytes]) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  header.writeUInt16LE(facts.isLarge ? VERSION_ZIP64 : VERSION_PLAIN, 4);
  writeCommon(header, 6, facts);
  header.writeUInt32LE(facts.isLarge ? LARGE_BYTES : facts.storedBytes, 18);
  header.writeUInt32LE(facts.isLarge ? LARGE_BYTES : facts.sizeBytes, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra]);
}

/** A file's entry in the directory at the end. */
export function directoryEntry(facts: ZipFileFacts): Buffer {
  const name = Buffer.from(facts.name);
  const { sizeBytes, storedBytes, offset, isLarge } = facts;
  const sizes = isLarge ? [sizeBytes, storedBytes] : [];
  const large = [...sizes, ...(offset >= LARGE_BYTES ? [offset] : [])];
  const extra = large.length === 0 ? Buffer.alloc(0) : zip64Field(large);
  const version = large.length === 0 ? VERSION_PLAIN : VERSION_ZIP64;
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt16LE(MADE_ON_UNIX | version, 4);
  header.writeUInt16LE(version, 6);
  writeCommon(header, 8, facts);
  header.writeUInt32LE(isLarge ? LARGE_BYTES : storedBytes, 20);
  header.writeUInt32LE(isLarge ? LARGE_BYTES : sizeBytes, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(MODE * 0x1_0000, 38);
  header.writeUInt32LE(Math.min(offset, LARGE_BYTES), 42);
  return Buffer.concat([header, name, extra]);
}

/** What ends an archive: where its directory is and how many files it has. */
export function endOfDirectory(directory: {
  readonly files: number;
  readonly offset: number;
  readonly sizeBytes: number;
}): Buffer {
  const { files, offset, sizeBytes } = directory;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(files, MANY_FILES), 8);
  end.writeUInt16LE(Math.min(files, MANY_FILES), 10);
  end.writeUInt32LE(Math.min(sizeBytes, LARGE_BYTES), 12);
  end.writeUInt32LE(Math.min(offset, LARGE_BYTES), 16);
  if (files < MANY_FILES && offset < LARGE_BYTES && sizeBytes < LARGE_BYTES) return end;
  const large = Buffer.alloc(56 + 20);
  large.writeUInt32LE(0x0606_4b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(MADE_ON_UNIX | VERSION_ZIP64, 12);
  large.writeUInt16LE(VERSION_ZIP64, 14);
  large.writeBigUInt64LE(BigInt(files), 24);
  large.writeBigUInt64LE(BigInt(files), 32);
  large.writeBigUInt64LE(BigInt(sizeBytes), 40);
  large.writeBigUInt64LE(BigInt(offset), 48);
  // Its locator, by which it is found from the end.
  large.writeUInt32LE(0x0706_4b50, 56);
  large.writeBigUInt64LE(BigInt(offset + sizeBytes), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, end]);
}

/** Flags, method, time and checksum: the same in both headers. */
function writeCommon(header: Buffer, at: number, facts: ZipFileFacts): void {
  const { isDeflated, modifiedAt: time } = facts;
  header.writeUInt16LE(NAMES_ARE_UTF8, at);
  header.writeUInt16LE(isDeflated ? DEFLATED : STORED, at + 2);
  header.writeUInt16LE((time.getHours() << 11) | (time.getMinutes() << 5) | (time.getSeconds() >> 1), at + 4);
  const years = Math.min(127, Math.max(0, time.getFullYear() - 1980));
  header.writeUInt16LE((years << 9) | ((time.getMonth() + 1) << 5) | time.getDate(), at + 6);
  header.writeUInt32LE(facts.crc32, at + 8);
}

function zip64Field(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(ZIP64_FIELD, 0);
  field.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return field;
}
