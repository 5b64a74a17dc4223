import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyFile, rm, utimes } from "node:fs/promises";
import { type JsonObject, isJsonObject } from "@safelight/shared";
import { commitSteps, creation, edit, newStyle, shownState } from "../../testing/index.ts";
import type { FsPort } from "./fs-port.ts";
import { createNodeFs } from "./node-fs.ts";
import { type DataFolder, dataFolder, findingCodes } from "../../testing/data-folder.ts";

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(async () => folder.dispose());

/** Two versions of `styles.json` on disk, and one change that only the journal holds. */
async function livedIn() {
  const store = await folder.open();
  await commitSteps(
    store,
    newStyle("style-1", "one"),
    newStyle("style-2", "two"),
    newStyle("style-3", "three"),
  );
  await store.checkpoint();
  await commitSteps(store, edit("styles", "style-1", { name: "one b" }));
  await store.checkpoint();
  await commitSteps(store, edit("styles", "style-3", { name: "three b" }));
  const crashed = await folder.crash();
  return { store, crashed };
}

async function editStyles(
  crashed: DataFolder,
  change: (styles: readonly JsonObject[], document: JsonObject) => JsonObject,
): Promise<void> {
  const document: unknown = JSON.parse(await crashed.text("styles.json"));
  if (!isJsonObject(document) || !Array.isArray(document["styles"])) throw new Error("no styles");
  await crashed.write("styles.json", JSON.stringify(change(document["styles"], document), undefined, 2));
}

describe("a document edited by hand while the studio was down", () => {
  it("S70 becomes changes: fields, new records and removed ones", async () => {
    const { crashed } = await livedIn();
    await editStyles(crashed, (styles, document) => ({
      ...document,
      styles: [
        { ...styles[0], name: "one by hand", triggerWord: "ink" },
        { id: "style-new", name: "new by hand" },
        { ...styles[2] },
      ],
    }));
    const after = await crashed.open();
    expect(after.get("styles", "style-1")).toMatchObject({ name: "one by hand", triggerWord: "ink", rev: 3 });
    expect(after.get("styles", "style-new")).toMatchObject({ name: "new by hand", rev: 1 });
    expect(after.get("styles", "style-2")?.deletedAt).toBeTypeOf("string");
    expect(after.get("styles", "style-3")?.name).toBe("three b");
    expect(findingCodes(after)).toEqual(["document.edited"]);
    const before = shownState(after);
    await after.close();
    const again = await crashed.open();
    expect(shownState(again)).toEqual(before);
    expect(again.health().findings).toEqual([]);
    expect(JSON.parse(await crashed.text("styles.json.backup"))).toMatchObject({ seq: 1 });
  });

  it("S71 loses to a later change of the same record, and is kept as a conflict", async () => {
    const { crashed } = await livedIn();
    await editStyles(crashed, (styles, document) => ({
      ...document,
      styles: styles.map((style) =>
        style["id"] === "style-3" ? { ...style, name: "three by hand" } : style,
      ),
    }));
    const after = await crashed.open();
    expect(after.get("styles", "style-3")?.name).toBe("three b");
    expect(findingCodes(after)).toEqual(["document.edited", "edit.conflict"]);
    expect(after.changesSince(3, 10)?.changes).toMatchObject([
      { id: "style-3", conflict: { lost: { name: "three by hand" } } },
    ]);
  });

  it("S70 changes nothing when only the layout was touched", async () => {
    const { store, crashed } = await livedIn();
    await editStyles(crashed, (styles, document) => ({ ...document, styles }));
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(findingCodes(after)).toEqual(["document.edited"]);
  });

  it("S72 adds what a file that somebody made holds, and deletes nothing", async () => {
    const { crashed } = await livedIn();
    await crashed.write(
      "styles.json",
      JSON.stringify({
        styles: [
          { id: "style-new", name: "made" },
          { id: "style-2", name: "two made" },
        ],
      }),
    );
    const after = await crashed.open();
    expect([...after.scan("styles")].map(({ id, name, deletedAt }) => [id, name, deletedAt])).toEqual([
      ["style-1", "one b", undefined],
      ["style-2", "two made", undefined],
      ["style-3", "three b", undefined],
      ["style-new", "made", undefined],
    ]);
  });

  it("S72 takes a file that somebody made into an empty folder", async () => {
    await folder.write("styles.json", '{"styles":[{"id":"style-1","name":"made"}]}');
    const store = await folder.open();
    expect(store.get("styles", "style-1")).toMatchObject({ name: "made", rev: 1 });
  });

  it("S73 leaves out what does not fit, says so, and takes the rest", async () => {
    const { crashed } = await livedIn();
    const odd = '{"id":"style-odd","name":"x","__proto__":{"polluted":true}}';
    await editStyles(crashed, (styles, document) => ({
      ...document,
      styles: [
        ...styles,
        { id: "style-4", colour: "red" },
        { name: "no id" },
        { id: "../x", name: "x" },
        "text",
      ],
    }));
    await crashed.write("styles.json", (await crashed.text("styles.json")).replace('"text"', odd));
    const after = await crashed.open();
    expect(after.count("styles")).toBe(3);
    expect(findingCodes(after)).toEqual(["document.edited", "edit.refused"]);
    expect(after.health().findings.filter(({ code }) => code === "edit.refused")).toHaveLength(4);
    expect("polluted" in {}).toBe(false);
  });

  it("S74 keeps a file with a mistake in its JSON aside, and the state whole", async () => {
    const { store, crashed } = await livedIn();
    await crashed.write("styles.json", (await crashed.text("styles.json")).replace("]", ""));
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(findingCodes(after)).toEqual(["document.damaged"]);
    expect(await crashed.names("quarantine")).toHaveLength(1);
  });

  it("S75 takes records of several lists in one document", async () => {
    const store = await folder.open();
    await commitSteps(
      store,
      creation("editorSessions", "editor-1", { name: "A" }),
      creation("messages", "msg-1", { sessionId: "editor-1", role: "user", content: "hello" }),
    );
    await store.close();
    const text = await folder.text("editor/editor-1.json");
    await folder.write(
      "editor/editor-1.json",
      text.replace("hello", "goodbye").replace('"name":"A"', '"name":"B"'),
    );
    const after = await folder.open();
    expect(after.get("editorSessions", "editor-1")?.name).toBe("B");
    expect(after.get("messages", "msg-1")?.content).toBe("goodbye");
  });
});

describe("a document changed by somebody else while the studio runs", () => {
  const old = new Date("2026-01-01T00:00:00.000Z");

  async function running() {
    const store = await folder.open({ watchMs: 20, checkpointQuietMs: 20 });
    await commitSteps(store, newStyle("style-1", "one"), newStyle("style-2", "two"));
    await store.checkpoint();
    return store;
  }

  it("S76 becomes changes, like one edited while it was down", async () => {
    const store = await running();
    const seen: string[] = [];
    store.subscribe(({ by }) => seen.push(by));
    const edited = (await folder.text("styles.json")).replace('"one"', '"one by hand"');
    await folder.write("styles.json", edited);
    await utimes(folder.file("styles.json"), old, old);
    await expect.poll(() => store.get("styles", "style-1")?.name).toBe("one by hand");
    await store.checkpoint();
    expect(seen).toEqual(["hand:styles.json"]);
    expect(findingCodes(store)).toEqual(["document.edited"]);
    expect(JSON.parse(await folder.text("styles.json"))).toMatchObject({ seq: 2 });
    expect(await folder.names()).not.toContain("styles.json.backup");
    expect(await folder.names("quarantine")).toHaveLength(1);
  });

  it("S76 loses to what changed since it was written, and is kept as a conflict", async () => {
    const store = await folder.open();
    await commitSteps(store, newStyle("style-1", "one"), newStyle("style-2", "two"));
    await store.checkpoint();
    await commitSteps(store, edit("styles", "style-1", { name: "one b" }));
    const text = await folder.text("styles.json");
    await folder.write(
      "styles.json",
      text.replace('"one"', '"one by hand"').replace('"two"', '"two by hand"'),
    );
    await store.checkpoint();
    expect(store.get("styles", "style-1")?.name).toBe("one b");
    expect(store.get("styles", "style-2")?.name).toBe("two by hand");
    expect(findingCodes(store)).toEqual(["document.edited", "edit.conflict"]);
    expect(JSON.parse(await folder.text("styles.json"))).toMatchObject({ seq: 3 });
  });

  it("S76 is taken in when it comes while the document is being written", async () => {
    let meanwhile: (() => Promise<void>) | undefined;
    const createFs = (dataDir: string): FsPort => {
      const fs = createNodeFs(dataDir);
      const open: FsPort["open"] = async (name, mode) => {
        const file = await fs.open(name, mode);
        if (name !== "styles.json.tmp") return file;
        const happens = meanwhile;
        meanwhile = undefined;
        await happens?.();
        return file;
      };
      return { ...fs, open };
    };
    const store = await folder.open({ createFs, checkpointQuietMs: 60_000, watchMs: 60_000 });
    await commitSteps(store, newStyle("style-1", "one"), newStyle("style-2", "two"));
    await store.checkpoint();
    await commitSteps(store, edit("styles", "style-1", { name: "one b" }));
    const text = await folder.text("styles.json");
    meanwhile = () => folder.write("styles.json", text.replace('"two"', '"two by hand"'));
    await store.checkpoint();
    expect(["style-1", "style-2"].map((id) => store.get("styles", id)?.name)).toEqual([
      "one b",
      "two by hand",
    ]);
    expect(findingCodes(store)).toEqual(["document.edited"]);
    expect(await folder.text("styles.json")).toMatch(/"one b".*"two by hand"/s);
    expect(await folder.names()).not.toContain("styles.json.tmp");
  });

  it("S76 is taken in at close too", async () => {
    const store = await folder.open();
    await commitSteps(store, newStyle("style-1", "one"));
    await store.checkpoint();
    await commitSteps(store, newStyle("style-2", "two"));
    const text = await folder.text("styles.json");
    await folder.write("styles.json", text.replace('"one"', '"one by hand"'));
    await store.close();
    const after = await folder.open();
    expect(after.get("styles", "style-1")?.name).toBe("one by hand");
    expect(after.count("styles")).toBe(2);
    expect(after.health().findings).toEqual([]);
  });

  it("S77 is written again when it is removed", async () => {
    const store = await running();
    await rm(folder.file("styles.json"));
    await expect.poll(async () => (await folder.names()).includes("styles.json")).toBe(true);
    expect(findingCodes(store)).toEqual(["document.rebuilt"]);
  });

  it("S77 is set aside and written again when it is no JSON any more", async () => {
    const store = await running();
    await folder.write("styles.json", "{");
    await utimes(folder.file("styles.json"), old, old);
    await expect.poll(async () => (await folder.text("styles.json")).length).toBeGreaterThan(10);
    expect(findingCodes(store)).toEqual(["document.damaged"]);
    expect(await folder.text(`quarantine/${(await folder.names("quarantine"))[0]}`)).toBe("{");
  });

  it("S78 is taken from its .backup put in its place without losing anything", async () => {
    const store = await running();
    await commitSteps(store, edit("styles", "style-1", { name: "later" }));
    await store.checkpoint();
    await copyFile(folder.file("styles.json.backup"), folder.file("styles.json"));
    await commitSteps(store, newStyle("style-3"));
    await store.checkpoint();
    expect(JSON.parse(await folder.text("styles.json"))).toMatchObject({ seq: 3, styles: { length: 3 } });
    expect(store.get("styles", "style-1")?.name).toBe("later");
  });
});
