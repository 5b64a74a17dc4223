export interface Shortcut {
  readonly keys: readonly string[];
  readonly what: string;
}

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

/** Every keyboard shortcut by where it works, as the help and the Settings room list them. `mod` is Ctrl or ⌘. */
export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: "Everywhere",
    shortcuts: [
      { keys: ["mod", "K"], what: "Search, and go anywhere" },
      { keys: ["g", "c"], what: "Create" },
      { keys: ["g", "j"], what: "Jobs" },
      { keys: ["g", "t"], what: "Train" },
      { keys: ["g", "e"], what: "Editor" },
      { keys: ["g", "a"], what: "Gallery" },
      { keys: ["g", "d"], what: "Data" },
      { keys: ["g", "s"], what: "Settings" },
      { keys: ["mod", "Z"], what: "Take back the last action" },
      { keys: ["Esc"], what: "Close what is open; select nothing" },
      { keys: ["?"], what: "This help" },
    ],
  },
  {
    title: "Create and the library",
    shortcuts: [
      { keys: ["mod", "Enter"], what: "Generate, from any field of the form" },
      { keys: ["/"], what: "Search the library" },
      { keys: ["←", "→", "↑", "↓"], what: "Move" },
      { keys: ["Enter"], what: "Open the picture" },
      { keys: ["Space"], what: "Select the picture" },
      { keys: ["⇧", "→"], what: "Select from here on" },
      { keys: ["mod", "A"], what: "Select every picture shown" },
      { keys: ["s"], what: "Star" },
      { keys: ["t"], what: "Tag" },
      { keys: ["b"], what: "Put on a board" },
      { keys: ["c"], what: "Compare two to four" },
      { keys: ["d"], what: "Download as it is" },
      { keys: ["⇧", "d"], what: "Download with its settings" },
      { keys: ["Del"], what: "Move to the trash" },
      { keys: ["⇧", "F10"], what: "Menu of what can be done" },
    ],
  },
  {
    title: "Viewer and comparison",
    shortcuts: [
      { keys: ["←", "→"], what: "Previous and next picture" },
      { keys: ["+", "−", "0"], what: "Zoom in, zoom out, fit" },
      { keys: ["⇧", "→"], what: "Move the zoomed picture; a second on in a clip" },
      { keys: ["Space"], what: "Play and pause a clip" },
      { keys: ["m"], what: "Sound of a clip" },
    ],
  },
  {
    title: "Jobs",
    shortcuts: [
      { keys: ["/"], what: "Search the jobs" },
      { keys: ["↑", "↓"], what: "Move; Page up and down, Home and End too" },
      { keys: ["Enter"], what: "Open the job" },
      { keys: ["Space"], what: "Select the job" },
      { keys: ["⇧", "↓"], what: "Select from here on" },
      { keys: ["mod", "A"], what: "Select every job shown" },
      { keys: ["Del"], what: "Move to the trash" },
      { keys: ["⇧", "F10"], what: "Menu of what can be done" },
      { keys: ["↑", "↓"], what: "Move a job in the queue, on its handle" },
    ],
  },
];
