/** Every keyboard shortcut, as the help and the Settings room list them. */
export const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: ["mod", "K"], what: "Search, and go anywhere" },
  { keys: ["g", "c"], what: "Create" },
  { keys: ["g", "j"], what: "Jobs" },
  { keys: ["g", "t"], what: "Train" },
  { keys: ["g", "e"], what: "Editor" },
  { keys: ["g", "a"], what: "Gallery" },
  { keys: ["g", "d"], what: "Data" },
  { keys: ["g", "s"], what: "Settings" },
  { keys: ["mod", "Enter"], what: "Generate, from any field of the form" },
  { keys: ["←", "→"], what: "Previous and next picture, in the library and in the viewer" },
  { keys: ["↑", "↓"], what: "Previous and next job in the table" },
  { keys: ["s"], what: "Star the picture in the viewer" },
  { keys: ["Del"], what: "Move the picture in the viewer to the trash" },
  { keys: ["Esc"], what: "Close the viewer, a panel or this help" },
  { keys: ["?"], what: "This help" },
];
