/** Gives each file of an archive a name of its own: the second `sea.png` is `sea (2).png`. Case does not tell names apart. */
export function createZipNames(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const dot = wanted.lastIndexOf(".");
    const [stem, extension] = dot <= 0 ? [wanted, ""] : [wanted.slice(0, dot), wanted.slice(dot)];
    let name = wanted;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${stem} (${count})${extension}`;
    taken.add(name.toLowerCase());
    return name;
  };
}
