import type { Locator, Page } from "playwright-core";

/** What a person sees and does in the Create room. */
export function createRoom(page: Page) {
  const generate = page.getByRole("button", { name: /^Generate/ });
  return {
    prompt: page.getByLabel("Prompt", { exact: true }),
    pictures: page.locator("section[aria-label=Library] [role=gridcell] img"),
    pending: page.locator("[data-pending]"),
    generate,
    async ask(prompt: string, options: { readonly count: number; readonly steps?: number }): Promise<void> {
      await page.getByLabel("Prompt", { exact: true }).fill(prompt);
      await page.getByRole("textbox", { name: "Pictures", exact: true }).fill(String(options.count));
      await generate.click();
    },
  };
}

/** The words of the save status. */
export function saveStatus(page: Page): Locator {
  return page.locator("[data-save-state]");
}

/** Whether every picture that is drawn has its bytes. */
export async function allLoaded(pictures: Locator): Promise<boolean> {
  return pictures.evaluateAll((images) =>
    images.every((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0),
  );
}

interface DroppedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** Drops files on the library, or on what `selector` finds, as from a folder. */
export async function dropFiles(
  page: Page,
  files: readonly DroppedFile[],
  selector = "section[aria-label=Library]",
): Promise<void> {
  // A tab in the background draws no frames, which locators wait for.
  await page.bringToFront();
  const transfer = await page.evaluateHandle(
    (plain) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of plain) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
        data.items.add(new File([bytes], name, { type }));
      }
      return data;
    },
    files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString("base64") })),
  );
  const target = page.locator(selector);
  await target.dispatchEvent("dragenter", { dataTransfer: transfer });
  await target.dispatchEvent("dragover", { dataTransfer: transfer });
  await target.dispatchEvent("drop", { dataTransfer: transfer });
  await transfer.dispose();
}
