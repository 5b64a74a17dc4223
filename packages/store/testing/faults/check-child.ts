import { checkDataFolder } from "../../src/index.ts";

/** Opens a data folder as a start would and prints what came of it as JSON. `node check-child.ts <data folder>` */
process.stdout.write(JSON.stringify(await checkDataFolder(process.argv[2] ?? "")));
